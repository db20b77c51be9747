package dev.changelake.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaClientsTest {
  @Test
  void safety_is_fixed_and_waiting_can_be_configured() {
    // given
    KafkaClients clients =
        new KafkaClients(
            Configuration.of(
                Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "kafka.acks", "0",
                    "kafka.max.block.ms", "1000",
                    "kafka.security.protocol", "SSL")));

    // when
    Map<String, Object> settings = clients.producerSettings();

    // then
    assertThat(settings)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("delivery.timeout.ms", "60000")
        .containsEntry("max.block.ms", "1000")
        .containsEntry("security.protocol", "SSL");
  }

  @Test
  void settings_that_the_client_refuses_are_bad_usage() {
    // given
    KafkaClients clients =
        new KafkaClients(
            Configuration.of(
                Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:1", "kafka.security.protocol", "none")));

    // when, then
    assertThatThrownBy(clients::producer)
        .isInstanceOfSatisfying(
            ChangelakeException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
        .hasMessageContaining("security.protocol");
  }
}
