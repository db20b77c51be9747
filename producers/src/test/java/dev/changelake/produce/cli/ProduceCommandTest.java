package dev.changelake.produce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProduceCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          init                                     | Missing required option: '--date=<yyyy-mm-dd>'
          weekly --date 2020-06-22                 | Unmatched argument
          init --date 22.6.2020                    | '22.6.2020' is not a date like 2020-06-22
          init --date 2018-01-01                   | the first day must be after 2018-01-01
          daily --date 2020-06-22 --rows 7         | rows must be 8 to 1000000, was 7
          daily --date 2020-06-22 --rows many      | Invalid value for option '--rows'
          companies --date 2020-06-22 --schema avro| Invalid value for option '--schema'
          companies --date 2020-06-22 --dry        | Unknown option: '--dry'
          """)
  void bad_usage_is_told_and_exits_with_2(String line, String message) {
    // when
    int code = run(line.split(" +"));

    // then
    assertThat(code).isEqualTo(2);
    assertThat(text(err)).startsWith("error: ").contains(message).contains("--help` tells");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void no_command_is_bad_usage() {
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("Missing required subcommand");
  }

  @Test
  void a_missing_configuration_is_told_without_a_stack_trace() {
    // when
    int code = run("init", "--date", "2020-06-21", "--config", folder.resolve("no").toString());

    // then
    assertThat(code).isEqualTo(2);
    assertThat(text(err))
        .startsWith("error: There is no configuration at ")
        .contains("\n  Why: ", "\n  Next: ")
        .doesNotContain("\tat ");
  }

  @Test
  void an_object_store_that_is_away_has_the_category_of_tables() throws Exception {
    // given
    Path config = folder.resolve("away.json");
    Files.writeString(
        config,
        """
        {"kafka.bootstrap.servers": "127.0.0.1:1", "fs.s3a.endpoint": "http://127.0.0.1:1",
         "fs.s3a.path.style.access": true, "fs.s3a.access.key": "someone",
         "fs.s3a.secret.key": "topsecret"}
        """);

    // when
    int code = run("init", "--date", "2020-06-21", "--config", config.toString());

    // then
    assertThat(code).isEqualTo(12);
    assertThat(text(err))
        .startsWith("error: Cannot read data/init/_mock.json")
        .doesNotContain("topsecret")
        .doesNotContain("\tat ");
  }

  @Test
  void help_names_the_defaults() {
    // when
    int code = run("companies", "--help");

    // then
    assertThat(code).isZero();
    assertThat(text(out))
        .contains("changelake produce companies", "by default 200", "inline, none");
  }

  private int run(String... args) {
    return ProduceCommand.run(Map.of(), stream(out), stream(err), args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
