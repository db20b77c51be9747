package dev.changelake.local.airflow;

import dev.changelake.local.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The password of Airflow's user {@code admin}, in the file where Airflow's own simple
 * authorisation looks for it: made up by Airflow, it would stand in a log.
 */
final class AdminPassword {
  private static final int BYTES = 16;

  private AdminPassword() {}

  static Path file(Path home) {
    return home.resolve("simple_auth_manager_passwords.json.generated");
  }

  static void writeIfAbsent(Path home) throws IOException {
    if (!Files.exists(file(home))) {
      byte[] value = new byte[BYTES];
      new SecureRandom().nextBytes(value);
      PrivateFile.write(
          file(home), "{\"admin\": \"%s\"}%n".formatted(HexFormat.of().formatHex(value)));
    }
  }
}
