package dev.changelake.compact.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.compact.store.LakeFiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LakeIdentityTest {
  private static final Instant FIRST = Instant.parse("2020-06-22T00:00:00Z");
  private static final Instant LATER = Instant.parse("2020-06-23T00:00:00Z");

  @Test
  void firstWhoAsksGivesTheLakeItsId() {
    // given
    InMemoryLakeFiles files = new InMemoryLakeFiles();
    LakeIdentity first = LakeIdentity.of(files, FIRST);
    // when
    LakeIdentity again = LakeIdentity.of(files, LATER);
    // then
    assertThat(again).isEqualTo(first);
    assertThat(again.createdAt()).isEqualTo(FIRST);
  }

  @Test
  void lakesHaveDifferentIds() {
    assertThat(LakeIdentity.of(new InMemoryLakeFiles(), FIRST).id())
        .isNotEqualTo(LakeIdentity.of(new InMemoryLakeFiles(), FIRST).id());
  }

  @Test
  void driverThatLosesTheRaceTakesTheOtherId() {
    // given
    InMemoryLakeFiles files = new InMemoryLakeFiles();
    LakeIdentity winner = LakeIdentity.of(files, FIRST);
    // when
    LakeIdentity loser = LakeIdentity.of(new SeenTooEarly(files), LATER);
    // then
    assertThat(loser).isEqualTo(winner);
  }

  /** Shows the state before the other driver's write to the first read. */
  private static final class SeenTooEarly implements LakeFiles {
    private final InMemoryLakeFiles files;
    private boolean read;

    SeenTooEarly(InMemoryLakeFiles files) {
      this.files = files;
    }

    @Override
    public Optional<byte[]> read(String path) {
      boolean first = !read;
      read = true;
      return first ? Optional.empty() : files.read(path);
    }

    @Override
    public boolean putIfAbsent(String path, byte[] content) {
      return files.putIfAbsent(path, content);
    }

    @Override
    public List<String> list(String folder) {
      return files.list(folder);
    }
  }
}
