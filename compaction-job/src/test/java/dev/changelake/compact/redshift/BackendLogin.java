package dev.changelake.compact.redshift;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Logs in to PostgreSQL, as a client would by SCRAM-SHA-256.
 *
 * @param url the JDBC URL
 */
record BackendLogin(String url, String user, String password) {
  private static final int PROTOCOL_3 = 3 << 16;
  private static final int OK = 0;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  /** A session that is ready, and what PostgreSQL told while it began. */
  record Backend(Wire wire, List<WireMessage> greeting) {}

  /** PostgreSQL refused the session. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient WireMessage error;

    RefusedException(WireMessage error) {
      super(error.fields().get('M'));
      this.error = error;
    }

    WireMessage error() {
      return error;
    }
  }

  String database() {
    return address().getPath().substring(1);
  }

  Socket connect() throws IOException {
    return new Socket(address().getHost(), address().getPort());
  }

  /** Opens a session with these settings. */
  Backend open(Map<String, String> settings) throws IOException {
    Wire wire = new Wire(connect());
    List<Object> parts = new ArrayList<>(List.of(PROTOCOL_3, "user", user));
    settings.forEach((name, value) -> parts.addAll(List.of(name, value)));
    parts.add("");
    wire.write(WireMessage.of((char) 0, parts.toArray()));
    wire.flush();
    try {
      authenticate(wire);
      List<WireMessage> greeting = new ArrayList<>();
      do {
        greeting.add(answer(wire));
      } while (greeting.get(greeting.size() - 1).type() != 'Z');
      return new Backend(wire, greeting);
    } catch (IOException e) {
      wire.close();
      throw e;
    }
  }

  private void authenticate(Wire wire) throws IOException {
    ScramClient scram =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username("*")
            .password(password.toCharArray())
            .build();
    try {
      for (int kind = SASL; kind != OK; ) {
        ByteBuffer asked = answer(wire).buffer();
        kind = asked.getInt();
        switch (kind) {
          case OK -> {}
          case SASL -> {
            byte[] first = bytes(scram.clientFirstMessage().toString());
            wire.write(
                WireMessage.of('p', scram.getScramMechanism().getName(), first.length, first));
          }
          case SASL_CONTINUE -> {
            scram.serverFirstMessage(rest(asked));
            wire.write(WireMessage.of('p', bytes(scram.clientFinalMessage().toString())));
          }
          case SASL_FINAL -> scram.serverFinalMessage(rest(asked));
          default -> throw new IOException("PostgreSQL asks for authentication " + kind);
        }
        wire.flush();
      }
    } catch (ScramException e) {
      throw new IOException(e);
    }
  }

  private static WireMessage answer(Wire wire) throws IOException {
    WireMessage message = wire.read();
    if (message.type() == 'E') {
      throw new RefusedException(message);
    }
    return message;
  }

  private URI address() {
    return URI.create(url.substring("jdbc:".length()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String rest(ByteBuffer buffer) {
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }

  @Override
  public String toString() {
    return "BackendLogin " + url;
  }
}
