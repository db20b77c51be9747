package dev.changelake.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;

/** The one key pair that the stack's S3 accepts. */
record S3Credentials(String accessKey, String secretKey) {
  private static final String ACCESS_KEY = "access.key";
  private static final String SECRET_KEY = "secret.key";

  S3Credentials {
    if (accessKey == null || accessKey.isBlank() || secretKey == null || secretKey.isBlank()) {
      throw new IllegalArgumentException("Both the access key and the secret key must be given");
    }
  }

  /** Reads the pair, or makes up one and keeps it. */
  static S3Credentials readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      S3Credentials created = random(new SecureRandom());
      PrivateFile.write(
          file,
          "%s=%s\n%s=%s\n".formatted(ACCESS_KEY, created.accessKey, SECRET_KEY, created.secretKey));
      return created;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new S3Credentials(
        properties.getProperty(ACCESS_KEY), properties.getProperty(SECRET_KEY));
  }

  private static S3Credentials random(SecureRandom random) {
    // Letters and digits only, so that no tool needs to escape them.
    return new S3Credentials(hex(random, 10).toUpperCase(Locale.ROOT), hex(random, 20));
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  @Override
  public String toString() {
    return "S3Credentials[(redacted)]";
  }
}
