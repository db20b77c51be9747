package dev.changelake.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a service for a sign of life in its own protocol.
 *
 * <p>By hand, because a command line that loads Kafka's or Amazon's client takes a second to start.
 */
final class Probe {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int API_VERSIONS = 18;
  private static final int SSL_REQUEST = 80877103;
  private static final int CORRELATION = 0x6c616b65;

  private Probe() {}

  /** Kafka answers an ApiVersions request, whatever its version. */
  static boolean kafka(int port) {
    try (Socket socket = connect(port)) {
      DataOutputStream request = new DataOutputStream(socket.getOutputStream());
      request.writeInt(10);
      request.writeShort(API_VERSIONS);
      request.writeShort(0);
      request.writeInt(CORRELATION);
      request.writeShort(-1);
      request.flush();
      DataInputStream response = new DataInputStream(socket.getInputStream());
      return response.readInt() > Integer.BYTES && response.readInt() == CORRELATION;
    } catch (IOException e) {
      return false;
    }
  }

  /** S3 answers an unsigned request, if only to refuse it. */
  static boolean s3(int port) {
    try (Socket socket = connect(port)) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      return new String(start, StandardCharsets.US_ASCII).matches("HTTP/1.1 [234]\\d\\d");
    } catch (IOException e) {
      return false;
    }
  }

  /** PostgreSQL says with one letter whether it speaks SSL. */
  static boolean postgres(int port) {
    try (Socket socket = connect(port)) {
      DataOutputStream request = new DataOutputStream(socket.getOutputStream());
      request.writeInt(2 * Integer.BYTES);
      request.writeInt(SSL_REQUEST);
      request.flush();
      int answer = socket.getInputStream().read();
      return answer == 'S' || answer == 'N';
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
