package dev.changelake.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The one user that the stack's PostgreSQL knows. */
record PostgresCredentials(String password) {
  static final String USER = "changelake";
  private static final String PASSWORD = "password";
  private static final int BYTES = 20;

  PostgresCredentials {
    if (password == null || password.isBlank()) {
      throw new IllegalArgumentException("The password must be given");
    }
  }

  /** Reads the password, or makes up one and keeps it. */
  static PostgresCredentials readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      PostgresCredentials created = random(new SecureRandom());
      PrivateFile.write(file, "%s=%s\n".formatted(PASSWORD, created.password));
      return created;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new PostgresCredentials(properties.getProperty(PASSWORD));
  }

  private static PostgresCredentials random(SecureRandom random) {
    byte[] value = new byte[BYTES];
    random.nextBytes(value);
    return new PostgresCredentials(HexFormat.of().formatHex(value));
  }

  @Override
  public String toString() {
    return "PostgresCredentials[(redacted)]";
  }
}
