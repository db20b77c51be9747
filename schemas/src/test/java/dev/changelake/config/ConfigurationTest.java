package dev.changelake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

  @Test
  void hasADefaultForEverythingButKafka() {
    // when
    Configuration configuration = Configuration.of(with());

    // then
    assertThat(configuration.bucket()).isEqualTo("com.comp.prod.data.etl");
    assertThat(configuration.batchRetention()).isEqualTo(Duration.ofDays(400));
    assertThat(configuration.quarantineMaxShare()).isEqualTo(new BigDecimal("0.01"));
    assertThat(configuration.topicPartitions()).isEqualTo(2);
    assertThat(configuration.topicReplicationFactor()).isEqualTo((short) -1);
    assertThat(configuration.contractsDirectory()).isEmpty();
    assertThat(configuration.reportsDirectory()).isEmpty();
    assertThat(configuration.geoDatabase()).isEmpty();
    assertThat(configuration.warehouseUrl()).isEmpty();
    assertThat(configuration.warehouseSchema()).isEqualTo("b2b");
    assertThat(configuration.warehouseJdbc()).isEmpty();
    assertThat(configuration.kafkaClient()).containsOnlyKeys("bootstrap.servers");
  }

  @Test
  void theKeysArePinned() {
    // when, then
    assertThat(Stream.of(ConfigurationKey.values()).map(ConfigurationKey::key))
        .containsExactly(
            "lake.bucket",
            "lake.batch-retention-days",
            "lake.quarantine-max-share",
            "lake.align",
            "lake.deletion-vectors",
            "topics.partitions",
            "topics.replication-factor",
            "contracts.directory",
            "reports.directory",
            "geo.database",
            "warehouse.url",
            "warehouse.schema",
            "warehouse.redshift.iam-role",
            "warehouse.redshift.region",
            "secrets.file");
  }

  @Test
  void everyDefaultIsValid() {
    // when, then
    for (ConfigurationKey key : ConfigurationKey.values()) {
      key.check(key.defaultValue());
    }
  }

  @Test
  void passesForeignSettingsOn() {
    // when
    Configuration configuration =
        Configuration.of(
            with(
                "kafka.security.protocol", "SSL",
                "fs.s3a.endpoint", "http://localhost:9000",
                "spark.sql.shuffle.partitions", "8",
                "warehouse.jdbc.user", "loader"));

    // then
    assertThat(configuration.kafkaClient()).containsEntry("security.protocol", "SSL");
    assertThat(configuration.s3a()).containsOnlyKeys("fs.s3a.endpoint");
    assertThat(configuration.spark()).containsOnlyKeys("spark.sql.shuffle.partitions");
    assertThat(configuration.warehouseJdbc()).containsExactly(Map.entry("user", "loader"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lake.buckett",
        "LAKE.BUCKET",
        "kafka",
        "sparky.x",
        "warehouse.jdbc",
        "warehouse.x",
        ""
      })
  void refusesAnUnknownKeyByName(String key) {
    // when, then
    assertThatThrownBy(() -> Configuration.of(with(key, "value")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " is not a known key")
        .hasMessageContaining("lake.bucket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesToDoWithoutKafka(String servers) {
    // when, then
    assertThatThrownBy(() -> Configuration.of(Map.of()))
        .hasMessage("kafka.bootstrap.servers is missing");
    assertThatThrownBy(() -> Configuration.of(Map.of("kafka.bootstrap.servers", servers)))
        .hasMessage("kafka.bootstrap.servers is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "lake.bucket,a",
    "lake.bucket,My_Bucket",
    "lake.batch-retention-days,0",
    "lake.batch-retention-days,-1",
    "lake.batch-retention-days,1.5",
    "lake.batch-retention-days,many",
    "lake.batch-retention-days,''",
    "lake.batch-retention-days,1e999999999",
    "lake.batch-retention-days,2147483648",
    "lake.quarantine-max-share,-0.01",
    "lake.quarantine-max-share,1.01",
    "lake.quarantine-max-share,1%",
    "lake.quarantine-max-share,1e-999999999",
    "topics.partitions,0",
    "topics.partitions,2.5",
    "topics.partitions,1e10",
    "topics.replication-factor,0",
    "topics.replication-factor,-2",
    "topics.replication-factor,32768",
    "warehouse.schema,''",
    "warehouse.schema,B2B",
    "warehouse.schema,1st",
    "warehouse.schema,b2b; drop",
    "warehouse.url,host:5432/db",
    "warehouse.url,postgresql://host/db",
    "warehouse.url,jdbc:",
    "warehouse.url,jdbc:postgresql://host/a b"
  })
  void refusesAValueNamingItsKey(String key, String value) {
    // when, then
    assertThatThrownBy(() -> Configuration.of(with(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " must be ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host/db?password=hunter2",
        "jdbc:postgresql://host/db?ssl=true&sslpassword=hunter2",
        "jdbc:postgresql://hunter2@host/db",
        "jdbc:postgresql://ada:hunter2@host/db",
        "jdbc:redshift:iam://host:5439/db;AccessKeyID=ada;SecretAccessKey=hunter2",
        "hunter2 jdbc"
      })
  void refusesAUrlWithASecretWithoutPrintingIt(String url) {
    // when, then
    assertThatThrownBy(() -> Configuration.of(with("warehouse.url", url)))
        .hasMessageStartingWith("warehouse.url must ")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://host:5432/db",
        "jdbc:postgresql://host/db?sslmode=verify-full&ApplicationName=changelake",
        "jdbc:redshift://cluster.example.com:5439/dev;ssl=true"
      })
  void takesAWarehouse(String url) {
    // when
    Configuration configuration =
        Configuration.of(with("warehouse.url", url, "warehouse.schema", "mart_2"));

    // then
    assertThat(configuration.warehouseUrl()).contains(url);
    assertThat(configuration.warehouseSchema()).isEqualTo("mart_2");
  }

  @Test
  void resolvesPaths() {
    // when
    Configuration configuration =
        Configuration.of(
            with(
                "contracts.directory", "more",
                "reports.directory", "sql",
                "geo.database", "country.mmdb"));

    // then
    assertThat(configuration.contractsDirectory()).contains(Path.of("more"));
    assertThat(configuration.reportsDirectory()).contains(Path.of("sql"));
    assertThat(configuration.geoDatabase()).contains(Path.of("country.mmdb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.sasl.jaas.config",
        "kafka.ssl.key.password",
        "kafka.ssl.keystore.key",
        "kafka.ssl.keystore.certificate.chain",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.basic.auth.user.info",
        "fs.s3a.access.key",
        "fs.s3a.secret.key",
        "fs.s3a.session.token",
        "fs.s3a.bucket.other.secret.key",
        "fs.s3a.encryption.key",
        "spark.driver.extraJavaOptions",
        "spark.executorEnv.AWS_SECRET_ACCESS_KEY",
        "spark.ssl.keyPassword",
        "warehouse.jdbc.password",
        "warehouse.jdbc.sslpassword"
      })
  void printsNoSecret(String key) {
    // when
    String printed = Configuration.of(with(key, "hunter2", "fs.s3a.endpoint", "shown")).toString();

    // then
    assertThat(printed)
        .doesNotContain("hunter2")
        .contains(key + "=(redacted)")
        .contains("fs.s3a.endpoint=shown");
  }

  private static Map<String, String> with(String... entries) {
    Map<String, String> all = new HashMap<>(Map.of("kafka.bootstrap.servers", "localhost:9092"));
    for (int i = 0; i < entries.length; i += 2) {
      all.put(entries[i], entries[i + 1]);
    }
    return all;
  }
}
