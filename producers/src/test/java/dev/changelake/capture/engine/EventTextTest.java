package dev.changelake.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"%s", "{\"schema\":{\"type\":\"struct\"},\"payload\":%s}"})
  void is_read_with_and_without_an_inline_schema(String form) {
    // given
    byte[] read = bytes(form.formatted("{\"op\":\"r\",\"source\":{\"lsn\":9007199254740993}}"));
    byte[] message =
        bytes(
            form.formatted("{\"op\":\"m\",\"source\":{\"lsn\":7},\"message\":{\"prefix\":\"p\"}}"));

    // then
    assertThat(EventText.isSnapshotRead(read)).isTrue();
    assertThat(EventText.lsn(read)).contains("9007199254740993");
    assertThat(EventText.messagePrefix(read)).isEmpty();
    assertThat(EventText.isSnapshotRead(message)).isFalse();
    assertThat(EventText.messagePrefix(message)).isEqualTo("p");
  }

  @Test
  void a_tombstone_and_a_heartbeat_have_no_place_in_the_log() {
    assertThat(EventText.lsn(null)).isEmpty();
    assertThat(EventText.lsn(bytes("{\"ts_ms\":1}"))).isEmpty();
    assertThat(EventText.lsn(bytes("{\"op\":\"r\",\"source\":{\"lsn\":null}}"))).isEmpty();
    assertThat(EventText.isSnapshotRead(null)).isFalse();
    assertThat(EventText.messagePrefix(null)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
