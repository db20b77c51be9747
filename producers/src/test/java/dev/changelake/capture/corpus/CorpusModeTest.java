package dev.changelake.capture.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.EnumeratedValue;
import io.debezium.connector.postgresql.PostgresConnectorConfig.HStoreHandlingMode;
import io.debezium.connector.postgresql.PostgresConnectorConfig.IntervalHandlingMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.RelationalDatabaseConnectorConfig.DecimalHandlingMode;
import io.debezium.transforms.ExtractNewRecordStateConfigDefinition.DeleteTombstoneHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that a later Debezium adds to a setting is missed here. */
final class CorpusModeTest {

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("time.precision.mode", "adaptive", TemporalPrecisionMode.values()),
        Arguments.of("decimal.handling.mode", "precise", DecimalHandlingMode.values()),
        Arguments.of("binary.handling.mode", "bytes", BinaryHandlingMode.values()),
        Arguments.of("hstore.handling.mode", "json", HStoreHandlingMode.values()),
        Arguments.of("interval.handling.mode", "numeric", IntervalHandlingMode.values()),
        Arguments.of(
            "transforms.unwrap.delete.tombstone.handling.mode",
            "",
            DeleteTombstoneHandling.values()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void each_value_of_a_setting_is_recorded(
      String setting, String byDefault, EnumeratedValue[] values) {
    // when
    List<String> recorded =
        new ArrayList<>(
            CorpusMode.ALL.stream()
                .map(mode -> mode.properties().getOrDefault(setting, byDefault))
                .distinct()
                .toList());
    recorded.remove("");

    // then
    assertThat(recorded)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(values).map(EnumeratedValue::getValue).toList());
  }
}
