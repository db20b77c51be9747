package dev.changelake.compact.output;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a folder's content follows from, hashed. */
public final class Inputs {
  private final MessageDigest digest = sha256();

  /** Adds a part; the order of parts matters. */
  public Inputs add(String name, Object value) {
    byte[] bytes = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    // The length keeps two parts from looking like one.
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  /** The hash, in hexadecimal. */
  public String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of a content, in hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
