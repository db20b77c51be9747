package dev.changelake.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {
  private static final Map<String, String> PLAIN = Map.of("bootstrap.servers", "k:9092");
  private static final Map<String, String> SECURE =
      Map.of("bootstrap.servers", "k:9092", "sasl.jaas.config", "x password=\"hunter2\\n\";");

  private final PrivateSettings settings = new PrivateSettings();

  @AfterEach
  void close() {
    settings.close();
  }

  @Test
  void theClusterComesFirst() throws Exception {
    assertThat(of("topics", "--list").completed(PLAIN, settings))
        .containsExactly("--bootstrap-server", "k:9092", "--list");
  }

  @Test
  void theClusterComesAfterASubcommandThatMustBeFirst() throws Exception {
    assertThat(of("cluster", "cluster-id").completed(PLAIN, settings))
        .containsExactly("cluster-id", "--bootstrap-server", "k:9092");
  }

  @Test
  void furtherSettingsGoIntoAPrivateFile() throws Exception {
    // when
    List<String> all = of("console-consumer", "--topic", "t").completed(SECURE, settings);

    // then
    assertThat(all).hasSize(6).startsWith("--bootstrap-server", "k:9092", "--command-config");
    Path file = Path.of(all.get(3));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    assertThat(read).isEqualTo(Map.of("sasl.jaas.config", SECURE.get("sasl.jaas.config")));

    // and when
    settings.close();

    // then
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--command-config", "--consumer.config=own", "--consumer-config"})
  void aFileOfTheUsersIsTakenInstead(String option) throws Exception {
    assertThat(of("console-consumer", option, "own").completed(SECURE, settings))
        .containsExactly("--bootstrap-server", "k:9092", option, "own");
  }

  @Test
  void aTopicsSettingIsNoFile() throws Exception {
    assertThat(of("topics", "--config", "retention.ms=1").completed(SECURE, settings))
        .contains("--command-config");
  }

  @Test
  void anotherClusterHearsNothingOfThisOne() {
    assertThat(of("topics", "--list").needsConfiguration()).isTrue();
    assertThat(of("topics", "--bootstrap-server", "other:1").needsConfiguration()).isFalse();
    assertThat(of("topics", "--bootstrap-server=other:1").needsConfiguration()).isFalse();
    assertThat(of("cluster", "cluster-id", "-b", "other:1").needsConfiguration()).isFalse();
    assertThat(of("topics", "--help").needsConfiguration()).isFalse();
    assertThat(of("dump-log", "--files", "f").needsConfiguration()).isFalse();
  }

  @Test
  void everyToolHasAMainMethod() throws Exception {
    for (KafkaTool tool : KafkaTool.ALL) {
      assertThat(Class.forName(tool.mainClass()).getMethod("main", String[].class)).isNotNull();
    }
    assertThat(KafkaTool.names()).isSorted().doesNotHaveDuplicates();
  }

  private static ToolArguments of(String tool, String... given) {
    return new ToolArguments(KafkaTool.of(tool).orElseThrow(), List.of(given));
  }
}
