package dev.changelake.capture.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Positions as Debezium 3.6 wrote them. */
final class OffsetsTopicTest {
  private static final String BEGUN = "[\"changelake\",{\"capture\":\"changelake-capture-b2b\"}]";
  private static final String POSITION = "[\"changelake-capture-b2b\",{\"server\":\"b2b\"}]";
  private static final String IN_SNAPSHOT =
      "{\"last_snapshot_record\":false,\"lsn\":30618384,\"txId\":1404,"
          + "\"ts_usec\":1795645146873010,\"snapshot\":\"INITIAL\",\"snapshot_completed\":false}";
  private static final String IN_LOG =
      "{\"lsn_proc\":30618490,\"messageType\":\"MESSAGE\",\"lsn_commit\":30618496,"
          + "\"lsn\":30618496,\"ts_usec\":1795645146873010}";

  private final OffsetsTopic topic = new OffsetsTopic("offsets", "changelake-capture-b2b");

  @Test
  void an_empty_topic_is_that_of_a_capture_that_never_began() {
    // when
    CaptureProgress progress = topic.progress(Map.of());

    // then
    assertThat(progress.begun()).isEmpty();
    assertThat(progress.positionKey()).isEmpty();
    assertThat(progress.position()).isEmpty();
  }

  @Test
  void a_position_within_a_snapshot_is_none_in_the_log() {
    // when
    CaptureProgress progress =
        topic.progress(
            Map.of(
                BEGUN,
                "{\"phase\":\"snapshot\",\"database\":\"7/b2b\",\"slot\":\"s\",\"tables\":[\"public.a\"],"
                    + "\"schema\":\"none\"}",
                POSITION,
                IN_SNAPSHOT));

    // then
    assertThat(progress.begun())
        .contains(
            new Begun(CapturePhase.SNAPSHOT, "7/b2b", "s", Set.of("public.a"), "none", null, 0));
    assertThat(progress.positionKey().map(key -> new String(key, StandardCharsets.UTF_8)))
        .contains(POSITION);
    assertThat(progress.position()).isEmpty();
  }

  @Test
  void what_was_begun_is_read_as_it_was_written() {
    // when
    CaptureProgress progress =
        topic.progress(
            Map.of(
                BEGUN,
                "{\"phase\":\"streaming\",\"database\":\"7/b2b\",\"slot\":\"s\",\"tables\":[\"public.a\"],"
                    + "\"schema\":\"none\",\"relations\":{\"public.a\":\"1/2/9\"},\"timeline\":2}"));

    // then
    assertThat(progress.begun())
        .contains(
            new Begun(
                CapturePhase.STREAMING,
                "7/b2b",
                "s",
                Set.of("public.a"),
                "none",
                Map.of("public.a", "1/2/9"),
                2));
  }

  @Test
  void a_position_without_a_snapshot_is_one_in_the_log() {
    assertThat(topic.progress(Map.of(POSITION, IN_LOG)).position()).hasValue(30618496);
  }

  @Test
  void positions_of_other_engines_are_not_looked_at() {
    // when
    CaptureProgress progress =
        topic.progress(
            Map.of(
                POSITION,
                IN_SNAPSHOT,
                "[\"changelake-capture-erp\",{\"server\":\"erp\"}]",
                IN_LOG,
                "[\"changelake\",{\"capture\":\"changelake-capture-erp\"}]",
                "{}"));

    // then
    assertThat(progress.begun()).isEmpty();
    assertThat(progress.position()).isEmpty();
  }

  @Test
  void what_is_not_known_is_not_guessed() {
    assertThatThrownBy(() -> topic.progress(Map.of(BEGUN, "{\"phase\":\"later\"}")))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("something else than a capture's positions");
    assertThatThrownBy(() -> topic.progress(Map.of("no json", "{}")))
        .isInstanceOf(ChangelakeException.class);
    assertThatThrownBy(() -> topic.progress(Map.of(BEGUN, "{}")))
        .isInstanceOf(ChangelakeException.class);
  }
}
