package dev.changelake.compact.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.store.ConditionalPutLogStore;
import dev.changelake.config.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {
  @Test
  void aConfigurationChangesSizesAndNeverWhatResultsSay() {
    // given
    Configuration configuration =
        Configuration.of(
            Map.of(
                "kafka.bootstrap.servers", "localhost:9092",
                "spark.sql.shuffle.partitions", "64",
                "spark.sql.session.timeZone", "Europe/Berlin",
                "spark.sql.ansi.enabled", "false",
                "spark.sql.parquet.outputTimestampType", "INT96",
                "spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY",
                "spark.delta.logStore.s3a.impl", "io.delta.storage.S3SingleDriverLogStore"));

    // when
    Map<String, String> settings = SparkSessions.settings(configuration);

    // then
    assertThat(settings)
        .containsEntry("spark.sql.shuffle.partitions", "64")
        .containsEntry("spark.sql.session.timeZone", "UTC")
        .containsEntry("spark.sql.ansi.enabled", "true")
        .containsEntry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .containsEntry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
        .containsEntry("spark.delta.logStore.s3a.impl", ConditionalPutLogStore.class.getName());
  }
}
