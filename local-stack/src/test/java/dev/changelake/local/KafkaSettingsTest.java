package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void theBrokerListensOnTheLoopbackAddressAndKeepsEverything() {
    // given
    Path folder = Path.of("/tmp/a b/kafka");

    // when
    KafkaConfig config = new KafkaConfig(KafkaSettings.of(folder, 9092, 9093));

    // then
    assertThat(config.getList("log.dirs")).containsExactly("/tmp/a b/kafka");
    assertThat(config.getList("listeners"))
        .containsExactly("PLAINTEXT://127.0.0.1:9092", "CONTROLLER://127.0.0.1:9093");
    assertThat(config.getLong("log.retention.ms")).isEqualTo(-1);
    assertThat(config.getBoolean("auto.create.topics.enable")).isFalse();
  }
}
