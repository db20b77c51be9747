package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCredentialsTest {
  @TempDir private Path folder;

  @Test
  void areMadeUpOnceAndKeptForTheirOwner() throws Exception {
    // given
    Path file = folder.resolve("credentials");

    // when
    PostgresCredentials created = PostgresCredentials.readOrCreate(file);

    // then
    assertThat(PostgresCredentials.readOrCreate(file)).isEqualTo(created);
    assertThat(PostgresCredentials.readOrCreate(folder.resolve("other"))).isNotEqualTo(created);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void areNotPrinted() {
    assertThat(new PostgresCredentials("secret")).hasToString("PostgresCredentials[(redacted)]");
  }
}
