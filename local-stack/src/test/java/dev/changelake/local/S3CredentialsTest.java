package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3CredentialsTest {
  @TempDir private Path folder;

  @Test
  void areMadeUpOnceAndKeptForTheirOwner() throws Exception {
    // given
    Path file = folder.resolve("credentials");

    // when
    S3Credentials created = S3Credentials.readOrCreate(file);

    // then
    assertThat(S3Credentials.readOrCreate(file)).isEqualTo(created);
    assertThat(S3Credentials.readOrCreate(folder.resolve("other"))).isNotEqualTo(created);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void areNotPrinted() {
    assertThat(new S3Credentials("KEY", "secret")).hasToString("S3Credentials[(redacted)]");
  }
}
