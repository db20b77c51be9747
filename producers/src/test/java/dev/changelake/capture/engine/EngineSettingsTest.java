package dev.changelake.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.capture.source.CapturedTables;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class EngineSettingsTest {
  @Test
  void what_would_lose_rows_by_default_is_set_otherwise() {
    // when
    Properties properties = settings(Map.of()).properties(false);

    // then
    assertThat(properties)
        .containsEntry("event.converting.failure.handling.mode", "fail")
        .containsEntry("skipped.operations", "none")
        .containsEntry("value.converter.replace.null.with.default", "false")
        .containsEntry("tombstones.on.delete", "true")
        .containsEntry("value.converter.schemas.enable", "false")
        .containsEntry("errors.max.retries", "0")
        .containsEntry("slot.name", "changelake_b2b")
        .containsEntry("bootstrap.servers", "broker:9092");
    assertThat(properties.getProperty("table.include.list").split(","))
        .contains("(?-i)public\\.company_orders", "(?-i)public\\.weblogs")
        .hasSize(7);
  }

  @Test
  void defaults_may_be_changed_and_what_keeps_the_log_whole_may_not() {
    // when
    EngineSettings changed =
        settings(Map.of("debezium.slot.name", "mine", "debezium.snapshot.fetch.size", "10"));

    // then
    assertThat(changed.slot()).isEqualTo("mine");
    assertThat(changed.properties(true))
        .containsEntry("slot.name", "mine")
        .containsEntry("snapshot.fetch.size", "10")
        .containsEntry("key.converter.schemas.enable", "true");
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "debezium.snapshot.mode", "never",
                        "debezium.transforms.route.type", "x",
                        "debezium.event.converting.failure.handling.mode", "warn")))
        .hasMessageContaining(
            "Capturing decides debezium.event.converting.failure.handling.mode,"
                + " debezium.snapshot.mode, debezium.transforms.route.type itself.");
  }

  @Test
  void transaction_metadata_is_passed_on_with_the_name_of_its_topic() {
    // when
    EngineSettings asked =
        settings(
            Map.of(
                "debezium.provide.transaction.metadata", "true",
                "debezium.topic.transaction", "tx"));

    // then
    assertThat(asked.properties(false))
        .containsEntry("provide.transaction.metadata", "true")
        .containsEntry("topic.transaction", "tx");
    assertThat(asked.transactionTopic()).isEqualTo("b2b.tx");
    assertThat(settings(Map.of()).transactionTopic()).isEqualTo("b2b.transaction");
  }

  private static EngineSettings settings(Map<String, String> further) {
    Map<String, String> entries = new HashMap<>(further);
    entries.put("kafka.bootstrap.servers", "broker:9092");
    return new EngineSettings(
        Configuration.of(entries),
        CapturedTables.of(TableContracts.load(Optional.empty()), Optional.empty()));
  }
}
