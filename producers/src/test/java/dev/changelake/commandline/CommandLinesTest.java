package dev.changelake.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

final class CommandLinesTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_known_failure_is_told_with_its_remedy_and_has_the_code_of_its_category() {
    // given
    ChangelakeException away =
        new ChangelakeException(ErrorCategory.SOURCE, "It is away.", "No answer.", "Try again.")
            .causedBy(new IllegalStateException("inside"));

    // when
    int code = execute(away);

    // then
    assertThat(code).isEqualTo(10);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("error: It is away.\n  Why: No answer.\n  Next: Try again.\n");
  }

  @Test
  void a_bug_keeps_its_stack_trace() {
    // when
    int code = execute(new IllegalStateException("a bug"));

    // then
    assertThat(code).isEqualTo(70);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("java.lang.IllegalStateException: a bug")
        .contains("\tat ");
  }

  private int execute(RuntimeException failure) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return CommandLines.of(new Failing(failure), stream, stream).execute();
  }

  @Command(name = "failing")
  private record Failing(RuntimeException failure) implements Runnable {
    @Override
    public void run() {
      throw failure;
    }
  }
}
