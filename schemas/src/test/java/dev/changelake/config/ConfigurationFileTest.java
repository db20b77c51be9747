package dev.changelake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  @TempDir Path folder;

  @Test
  void readsStringsNumbersAndBooleans() throws IOException {
    // given
    Path file =
        write(
            """
            {"kafka.bootstrap.servers": "k:9092", "topics.partitions": 3,
             "lake.quarantine-max-share": 0.05, "fs.s3a.path.style.access": true}
            """);

    // when
    Configuration configuration = ConfigurationFile.read(file);

    // then
    assertThat(configuration.topicPartitions()).isEqualTo(3);
    assertThat(configuration.quarantineMaxShare()).isEqualByComparingTo("0.05");
    assertThat(configuration.s3a()).containsEntry("fs.s3a.path.style.access", "true");
  }

  @Test
  void mergesTheSecretsBesideTheFile() throws IOException {
    // given
    Files.createDirectory(folder.resolve("private"));
    Files.writeString(
        folder.resolve("private/secrets.properties"),
        "fs.s3a.secret.key=hunter2\nkafka.bootstrap.servers=secret:9092\n"
            + "warehouse.jdbc.password=hunter2\n");
    Path file =
        write(
            "{\"kafka.bootstrap.servers\":\"k:9092\",\"secrets.file\":\"private/secrets.properties\"}");

    // when
    Configuration configuration = ConfigurationFile.read(file);

    // then
    assertThat(configuration.s3a()).containsEntry("fs.s3a.secret.key", "hunter2");
    assertThat(configuration.warehouseJdbc()).containsEntry("password", "hunter2");
    assertThat(configuration.kafkaClient())
        .as("the secrets have the last word")
        .containsEntry("bootstrap.servers", "secret:9092");
    assertThat(configuration.toString()).doesNotContain("hunter2");
  }

  @Test
  void takesSecretsFromAnAbsolutePath() throws IOException {
    // given
    Path secrets = folder.resolve("elsewhere.properties");
    Files.writeString(secrets, "kafka.bootstrap.servers=k:9092\n");
    Files.createDirectory(folder.resolve("conf"));
    Path file = folder.resolve("conf/stack.json");
    Files.writeString(file, "{\"secrets.file\":\"" + secrets + "\"}");

    // when, then
    assertThat(ConfigurationFile.read(file).kafkaClient()).containsValue("k:9092");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake.bucket", "warehouse.url", "geo.database"})
  void refusesOwnKeysAmongTheSecrets(String key) throws IOException {
    // given
    Files.writeString(folder.resolve("s.properties"), key + "=hunter2\n");
    Path file = write("{\"kafka.bootstrap.servers\":\"k:9092\",\"secrets.file\":\"s.properties\"}");

    // when, then
    assertRefused(() -> ConfigurationFile.read(file), key + " in");
  }

  @Test
  void saysWhichSecretsAreMissing() throws IOException {
    // given
    Path file = write("{\"kafka.bootstrap.servers\":\"k:9092\",\"secrets.file\":\"s.properties\"}");

    // when, then
    assertRefused(() -> ConfigurationFile.read(file), "secrets.file cannot be read");
  }

  @Test
  void resolvesPathsAgainstTheFile() throws IOException {
    // given
    Path file =
        write(
            """
            {"kafka.bootstrap.servers": "k:9092", "contracts.directory": "more",
             "reports.directory": "sql", "geo.database": "geo/country.mmdb"}
            """);

    // when
    Configuration configuration = ConfigurationFile.read(file);

    // then
    assertThat(configuration.contractsDirectory()).contains(folder.resolve("more"));
    assertThat(configuration.reportsDirectory()).contains(folder.resolve("sql"));
    assertThat(configuration.geoDatabase()).contains(folder.resolve("geo/country.mmdb"));
  }

  @Test
  void saysHowToGetAConfiguration() {
    // given
    Path file = folder.resolve("none.json");

    // when, then
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("bin/changelake local up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"hunter2\"",
        "hunter2",
        "{\"kafka.sasl.jaas.config\": hunter2}",
        "{\"kafka.sasl.jaas.config\": \"hunter2}",
        "{\"kafka.sasl.jaas.config\": \"hunter2\\q\"}",
        "{\"kafka.sasl.jaas.config\": \"hunter2\"} hunter2",
        "{\"kafka.sasl.jaas.config\": \"hunter2\", \"kafka.sasl.jaas.config\": \"hunter2\"}",
        "{\"kafka.sasl.jaas.config\": {\"password\": \"hunter2\"}}",
        "{\"kafka.sasl.jaas.config\": [\"hunter2\"]}",
        "{\"kafka.sasl.jaas.config\": null}",
        "{\"fs.s3a.secret.key\": \"hunter2\"}"
      })
  void refusesABrokenFileWithoutPrintingIt(String content) throws IOException {
    // given
    Path file = write(content);

    // when, then
    assertRefused(() -> ConfigurationFile.read(file), "is refused");
  }

  @Test
  void saysWhereTheJsonIsBroken() throws IOException {
    // given
    Path file = write("{\n  \"lake.bucket\": oops\n}");

    // when, then
    assertRefused(() -> ConfigurationFile.read(file), "see line 2, column");
  }

  private Path write(String content) throws IOException {
    Path file = folder.resolve("stack.json");
    Files.writeString(file, content);
    return file;
  }

  private static void assertRefused(ThrowingCallable read, String text) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
              for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.getMessage()).doesNotContain("hunter2");
              }
            })
        .hasMessageContaining(text);
  }
}
