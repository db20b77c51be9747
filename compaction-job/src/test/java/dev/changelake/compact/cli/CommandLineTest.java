package dev.changelake.compact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "compact",
        "compact revise",
        "verify",
        "report",
        "dashboard",
        "query",
        "history",
        "quarantine",
        "batches",
        "doctor"
      })
  void everyCommandExplainsItself(String command) {
    // when
    int exitCode = execute((command + " --help").strip().split(" "));
    // then
    assertThat(exitCode).isZero();
    assertThat(out.toString()).startsWith(("Usage: changelake " + command).strip());
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void wrongUseIsToldWithExitCode2(String message, String... args) {
    // when
    int exitCode = execute(args);
    // then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  static Stream<Arguments> wrongUseIsToldWithExitCode2() {
    return Stream.of(
        wrong("Missing required subcommand"),
        wrong("Unmatched argument at index 0: 'compct'", "compct"),
        wrong("Missing required option: '--batch=<id>'", "compact"),
        wrong("Missing required option: '--batch=<id>'", "compact", "revise"),
        wrong("Missing required option: '--batch=<id>'", "verify"),
        wrong("a batch id is 1 to 100 letters", "compact", "--batch", "a b"),
        wrong("a run id is 1 to 250 letters", "verify", "--batch", "a", "--run", "../b"),
        wrong("2020-06-31", "compact", "--batch", "a", "--date", "2020-06-31"),
        wrong("Unknown options: '--bach'", "compact", "--bach", "a"),
        wrong("--by and --why must say", "compact", "revise", "--batch", "a"),
        wrong("--by and --why must say", "compact", "--batch", "a", "--accept-new-topic", "t"),
        wrong("a range is written", "compact", "--batch", "a", "--accept-lost", "t:0"),
        wrong("Missing required parameter: '<sql>'", "query"),
        wrong("Missing required parameter: '<table>'", "history"),
        wrong("Missing required subcommand", "quarantine"),
        wrong("TABLE, CSV, JSON", "quarantine", "list", "--format", "xml"),
        wrong("Missing required option: '--batch=<id>'", "quarantine", "replay"),
        wrong("--by and --why must say", "quarantine", "replay", "--batch", "a"),
        wrong(
            "a record is written topic:partition:offset",
            "compact",
            "--batch",
            "a",
            "--accept-lsn-restart",
            "t:0"),
        wrong("--limit", "query", "SELECT 1", "--limit", "-1"),
        wrong("a batch id is 1 to 100 letters", "dashboard", "--batch", "../b"),
        wrong("mutually exclusive", "dashboard", "--batch", "a", "--as-of", "b"),
        wrong("--port must be from 0 to 65535", "dashboard", "--port", "65536"),
        wrong("--sample must be at least 1, was 0", "doctor", "--sample", "0"));
  }

  @Test
  void missingConfigurationIsNamed(@TempDir Path folder) {
    // given
    Path file = folder.resolve("absent.json");
    // when
    int exitCode = execute("batches", "--config", file.toString());
    // then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: ").contains(file.toString()).contains("Next: ");
  }

  private static Arguments wrong(String message, String... args) {
    return Arguments.of(message, args);
  }

  private int execute(String... args) {
    CommandLine line = JobMain.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
