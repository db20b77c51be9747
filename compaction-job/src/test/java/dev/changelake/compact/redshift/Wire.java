package dev.changelake.compact.redshift;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/** One end of a connection: reads and writes whole messages. */
final class Wire implements AutoCloseable {
  private static final int LENGTH = 4;
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  /** The first message of a connection, which has a length but no type. */
  WireMessage readFirst() throws IOException {
    return new WireMessage((char) 0, body());
  }

  /**
   * The next message.
   *
   * @throws EOFException if the other side has gone
   */
  WireMessage read() throws IOException {
    return new WireMessage((char) in.readUnsignedByte(), body());
  }

  private byte[] body() throws IOException {
    byte[] body = new byte[in.readInt() - LENGTH];
    in.readFully(body);
    return body;
  }

  void write(WireMessage message) throws IOException {
    if (message.type() != 0) {
      out.writeByte(message.type());
    }
    out.writeInt(message.body().length + LENGTH);
    out.write(message.body());
  }

  /** A single byte without a frame, as SSL is refused. */
  void writeByte(char letter) throws IOException {
    out.writeByte(letter);
    out.flush();
  }

  void flush() throws IOException {
    out.flush();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
