package dev.changelake.produce.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourceLogTest {
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private static final World WORLD = new World(new WorldParameters(1, 8, START));

  @Test
  void positions_grow_along_tasks_and_days() {
    // given
    Stream<Feed> feeds =
        Stream.of(
            new InitFeed(WORLD),
            new CompaniesFeed(WORLD, START.plusDays(1), 8),
            new DailyFeed(WORLD, START.plusDays(1), 8),
            new CompaniesFeed(WORLD, START.plusDays(2), 8),
            new DailyFeed(WORLD, START.plusDays(2), 8));

    // when
    List<Long> positions = feeds.flatMap(Feed::events).map(ChangeEvent::lsn).toList();

    // then
    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_position_tells_day_task_and_ordinal() {
    // when
    ChangeEvent second =
        new DailyFeed(WORLD, START.plusDays(1), 8).events().skip(1).findFirst().orElseThrow();

    // then
    assertThat(second.lsn() >> 32).isEqualTo(START.plusDays(1).toEpochDay());
    assertThat(second.lsn() >> 28 & 0xF).isEqualTo(3);
    assertThat(second.lsn() & 0xFFFFFFF).isEqualTo(8);
    assertThat(second.snapshot()).isEqualTo("false");
  }

  @Test
  void the_initial_data_is_one_snapshot_transaction() {
    // when
    List<ChangeEvent> events = new InitFeed(WORLD).events().toList();

    // then
    assertThat(events).hasSize(32);
    assertThat(events).extracting(ChangeEvent::txId).containsOnly(events.get(0).txId());
    assertThat(events.get(0).snapshot()).isEqualTo("first");
    assertThat(events.get(31).snapshot()).isEqualTo("last");
    assertThat(events.subList(1, 31)).extracting(ChangeEvent::snapshot).containsOnly("true");
  }

  @Test
  void sizes_are_told_before_the_changes_are_made() {
    // given
    Stream<Feed> feeds =
        Stream.of(
            new InitFeed(WORLD),
            new CompaniesFeed(WORLD, START.plusDays(1), 61),
            new DailyFeed(WORLD, START.plusDays(1), 123),
            new DailyFeed(WORLD, START.plusDays(2), 123));

    // when, then
    feeds.forEach(feed -> assertThat(feed.changes().count()).isEqualTo(feed.size()));
  }

  @Test
  void a_day_that_is_not_after_the_start_is_refused() {
    assertThatThrownBy(() -> new DailyFeed(WORLD, START, 8))
        .hasMessage("a feed's day must be after 2020-06-21, was 2020-06-21");
  }
}
