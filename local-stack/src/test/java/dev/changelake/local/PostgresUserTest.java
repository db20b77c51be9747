package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import dev.changelake.error.ChangelakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresUserTest {
  @TempDir private Path temporary;

  @Test
  void anOrdinaryUserIsPostgressUserToo() throws Exception {
    // when
    PostgresUser user = PostgresUser.of(temporary.resolve("postgres"), 1000, "/nowhere");

    // then
    assertThat(user.prefix()).isEmpty();
    assertThat(temporary.resolve("postgres")).isDirectory();
  }

  @Test
  void rootNeedsSetpriv() {
    assertThatThrownBy(() -> PostgresUser.of(temporary.resolve("postgres"), 0, "/nowhere"))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("setpriv")
        .hasMessageContaining("ordinary user");
  }

  @Test
  void rootGivesTheFolderAwayOnceAndRunsAsItsOwner() throws Exception {
    // given
    assumeThat(new UnixSystem().getUid()).isZero();
    Path folder = temporary.resolve("postgres");
    Path someones = Files.createDirectory(temporary.resolve("someone's"));
    Files.setAttribute(someones, "unix:uid", 4711);

    // when
    PostgresUser user = PostgresUser.of(folder);
    PostgresUser owner = PostgresUser.of(someones);

    // then
    assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(65534);
    assertThat(user.prefix()).contains("--reuid=65534");
    assertThat(owner.prefix()).contains("--reuid=4711");
  }

  @Test
  void theCallersSettingsAreNotPostgress() {
    // when
    ProcessBuilder process = new PostgresUser(List.of()).process(List.of("postgres"));

    // then
    assertThat(process.environment()).containsEntry("LC_ALL", "C").doesNotContainKey("PGDATA");
  }
}
