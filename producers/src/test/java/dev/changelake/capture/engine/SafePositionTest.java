package dev.changelake.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.capture.source.Marker;
import io.debezium.engine.ChangeEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After a restart Debezium leaves out every event that has the position that was kept. */
final class SafePositionTest {
  private final SafePosition position = new SafePosition();

  @Test
  void the_last_place_in_the_log_is_kept_when_another_one_has_come() {
    // given
    ChangeEvent<byte[], byte[]> first = at(10);
    ChangeEvent<byte[], byte[]> second = at(20);
    ChangeEvent<byte[], byte[]> third = at(30);

    // when, then
    assertThat(position.after(List.of(first, second))).contains(first);
    assertThat(position.after(List.of())).isEmpty();
    assertThat(position.after(List.of(third))).contains(second);
  }

  @Test
  void a_changed_key_that_a_batch_cuts_is_not_kept_by_half() {
    // given: a delete, its tombstone and an insert at one place
    ChangeEvent<byte[], byte[]> before = at(10);
    ChangeEvent<byte[], byte[]> delete = at(20);
    ChangeEvent<byte[], byte[]> tombstone = event(null);
    ChangeEvent<byte[], byte[]> insert = at(20);

    // when, then
    assertThat(position.after(List.of(before, delete))).contains(before);
    assertThat(position.after(List.of(tombstone))).isEmpty();
    assertThat(position.after(List.of(insert))).isEmpty();
    assertThat(position.after(List.of(at(30)))).contains(insert);
  }

  @Test
  void a_tombstone_belongs_to_the_delete_before_it() {
    // given
    ChangeEvent<byte[], byte[]> tombstone = event(null);

    // when, then
    assertThat(position.after(List.of(at(10), at(20)))).isPresent();
    assertThat(position.after(List.of(tombstone, at(30), at(30)))).contains(tombstone);
  }

  @Test
  void rows_of_a_snapshot_and_messages_stand_alone() {
    // given
    ChangeEvent<byte[], byte[]> row = event("{\"op\":\"r\",\"source\":{\"lsn\":5}}");
    ChangeEvent<byte[], byte[]> marker =
        event(
            "{\"op\":\"m\",\"source\":{\"lsn\":6},\"message\":{\"prefix\":\"%s\"}}"
                .formatted(new Marker("m").prefix()));

    // when, then
    assertThat(position.after(List.of(row, row))).contains(row);
    assertThat(position.after(List.of(marker))).contains(marker);
    assertThat(position.after(List.of(at(10)))).isEmpty();
  }

  private static ChangeEvent<byte[], byte[]> at(long lsn) {
    return event("{\"op\":\"u\",\"source\":{\"lsn\":%d}}".formatted(lsn));
  }

  private static ChangeEvent<byte[], byte[]> event(String value) {
    return new TestEvent(
        "b2b.public.companies",
        new byte[] {1},
        value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }
}
