package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void aFolderIsPreparedForItsOwner() throws Exception {
    // given
    StackDirectory directory = new StackDirectory(temporary.resolve("not there/a b"));

    // when
    directory.prepare();

    // then
    assertThat(directory.kafka()).isEmptyDirectory();
    assertThat(directory.s3()).isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
        .isEqualTo("rwx------");
    assertThat(directory.exists()).isTrue();
    assertThat(directory.hasDaemon()).isFalse();
  }

  @Test
  void aCommaIsRefusedBeforeAnythingIsCreated() {
    // given
    StackDirectory directory = new StackDirectory(temporary.resolve("a,b"));

    // then
    assertThatThrownBy(directory::prepare)
        .isInstanceOfSatisfying(
            ChangelakeException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
        .hasMessageContaining("comma");
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void aFileInTheFoldersPlaceIsRefused() throws Exception {
    // given
    StackDirectory directory =
        new StackDirectory(Files.createFile(temporary.resolve("file")).resolve("stack"));

    // then
    assertThatThrownBy(directory::prepare)
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("The local stack cannot live in " + directory.path());
  }

  @Test
  void nothingIsCreatedByLooking() {
    // given
    StackDirectory directory = new StackDirectory(temporary.resolve("stack"));

    // then
    assertThat(directory.hasDaemon()).isFalse();
    assertThat(directory.path()).doesNotExist();
  }
}
