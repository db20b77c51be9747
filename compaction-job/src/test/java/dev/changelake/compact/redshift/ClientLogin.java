package dev.changelake.compact.redshift;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets a client in that knows the stand-in's user and password, as Redshift asks for them. */
final class ClientLogin {
  static final int SSL_REQUEST = 80877103;
  static final int GSS_REQUEST = 80877104;
  static final int CANCEL_REQUEST = 80877102;
  private static final int MD5 = 5;
  private static final int SALT = 4;

  private final String user;
  private final String password;

  ClientLogin(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** The first message that asks for something else than encryption, which there is not. */
  static WireMessage first(Wire client) throws IOException {
    WireMessage first = client.readFirst();
    int code = first.buffer().getInt();
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      client.writeByte('N');
      first = client.readFirst();
      code = first.buffer().getInt();
    }
    return first;
  }

  /** What a start-up message tells. */
  static Map<String, String> parameters(WireMessage startup) {
    ByteBuffer rest = startup.buffer();
    rest.getInt();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name = WireMessage.text(rest); !name.isEmpty(); name = WireMessage.text(rest)) {
      parameters.put(name, WireMessage.text(rest));
    }
    return parameters;
  }

  /** Whether the client may come in; if not, it was told so. */
  boolean admits(Wire client, String claimed) throws IOException {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    client.write(WireMessage.of('R', MD5, salt));
    client.flush();
    WireMessage answer = client.read();
    if (answer.type() != 'p') {
      throw new EOFException("The client gave no password");
    }
    String expected = "md5" + md5(bytes(md5(bytes(password + user))), salt);
    if (user.equals(claimed) && expected.equals(WireMessage.text(answer.buffer()))) {
      return true;
    }
    client.write(
        WireMessage.error(
            "FATAL",
            "28000",
            "password authentication failed for user \"%s\"".formatted(claimed),
            ""));
    client.flush();
    return false;
  }

  private static String md5(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
