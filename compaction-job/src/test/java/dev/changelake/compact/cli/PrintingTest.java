package dev.changelake.compact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.RunResult;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class PrintingTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text, true);

  @Test
  void tableAlignsTextLeftAndNumbersRight() {
    // given
    TextTable table = new TextTable("name", "n", "note");
    table.row("äb", 7, "x").row("a longer one", 12345, null);
    // when
    table.print(out);
    // then
    assertThat(text.toString())
        .isEqualTo(
            """
            name              n  note
            äb                7  x
            a longer one  12345  null
            """);
  }

  @Test
  void tableWithoutRowsIsItsHeader() {
    // when
    new TextTable("a", "b").print(out);
    // then
    assertThat(text.toString()).isEqualTo("a  b\n");
  }

  @Test
  void csvQuotesWhatWouldBreakALineAndTellsNullFromEmpty() {
    assertThat(RowPrinter.csv(RowFactory.create("plain", 7L, null, ""))).isEqualTo("plain,7,,\"\"");
    assertThat(RowPrinter.csv(RowFactory.create("a,b", "say \"hi\"", "a\nb", "a\rb", " c ")))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"a\nb\",\"a\rb\", c ");
    assertThat(RowPrinter.csv(RowFactory.create((Object) new byte[] {1, 2}))).isEqualTo("\\x0102");
  }

  @Test
  void whatWasComparedWithTheWarehouseIsNotSaidToBeVerified() {
    // given
    Finding finding = new Finding("orders", "it holds", Finding.Verdict.HOLDS, 0, List.of());
    // when
    new ResultPrinter(out).print(succeeded(VerifyCommand.WAREHOUSE, finding), false);
    // then
    assertThat(text.toString())
        .isEqualTo(
            """
            The warehouse has what batch 2020-06-22 has.

            table   expectation  verdict  rows  examples
            orders  it holds     holds       0
            """);
  }

  @Test
  void aVerifiedBatchIsSaidToBeVerified() {
    // given
    Finding finding = new Finding("orders", "it holds", Finding.Verdict.HOLDS, 0, List.of());
    // when
    new ResultPrinter(out).print(succeeded("verify", finding), false);
    // then
    assertThat(text.toString()).startsWith("Batch 2020-06-22 is verified.\n\n");
  }

  private static RunResult succeeded(String command, Finding finding) {
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        command,
        RunResult.Status.SUCCEEDED,
        new BatchId("2020-06-22"),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(finding),
        List.of(),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource(ErrorCategory.class)
  void explainedFailureHasItsCategorysExitCodeAndNoStack(ErrorCategory category) {
    // given
    ChangelakeException failure = new ChangelakeException(category, "Problem.", "Why.", "Remedy.");
    // when
    int exitCode = handle(new RuntimeException(failure));
    // then
    assertThat(exitCode).isEqualTo(category.exitCode());
    assertThat(text.toString().lines())
        .containsExactly("error: Problem.", "  Why: Why.", "  Next: Remedy.");
  }

  @Test
  void bugShowsItsStack() {
    // when
    int exitCode = handle(new IllegalStateException("never"));
    // then
    assertThat(exitCode).isEqualTo(70);
    assertThat(text.toString())
        .startsWith("error: this is a bug in Changelake")
        .contains("java.lang.IllegalStateException: never")
        .contains("\tat ");
  }

  private int handle(Exception failure) {
    CommandLine command = JobMain.commandLine().setErr(out);
    return new ErrorPrinter().handleExecutionException(failure, command, null);
  }
}
