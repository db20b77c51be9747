package dev.changelake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code does. */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  @Test
  void hasEveryKeyWithItsDefaultAndMeaning() throws IOException {
    // given
    List<String> expected =
        Stream.of(ConfigurationKey.values())
            .map(
                key ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            key.key(),
                            key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`",
                            key.description()))
            .map(row -> row.replace("|  |", "| |"))
            .toList();

    // when
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.equals("| key | default | meaning |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    // then
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void namesPrefixesVariablesAndFiles() throws IOException {
    // when
    String document = Files.readString(DOCUMENT);

    // then
    assertThat(document)
        .contains("`" + ForeignSettings.KAFKA + "*`")
        .contains("`" + ForeignSettings.S3A + "*`")
        .contains("`" + ForeignSettings.SPARK + "*`")
        .contains("`" + ForeignSettings.WAREHOUSE_JDBC + "*`")
        .contains(ConfigurationLocation.FILE_VARIABLE)
        .contains(ConfigurationLocation.DIRECTORY_VARIABLE)
        .contains(ConfigurationLocation.STACK_FILE)
        .contains("kafka.bootstrap.servers");
  }
}
