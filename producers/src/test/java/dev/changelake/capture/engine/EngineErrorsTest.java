package dev.changelake.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class EngineErrorsTest {
  @Test
  void what_the_database_said_is_told_and_decides() {
    // when
    ChangelakeException refused =
        EngineErrors.of(
            new IllegalStateException(
                "stopped", new SQLException("ERROR: permission denied\n  Detail", "42501")));
    ChangelakeException away =
        EngineErrors.of(new IllegalStateException(new SQLException("connection closed", "08006")));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.why()).isEqualTo("ERROR: permission denied (SQL state 42501).");
    assertThat(away.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(away.retryable()).isTrue();
  }

  @Test
  void the_first_and_the_last_cause_are_told() {
    // when
    ChangelakeException ended =
        EngineErrors.of(new IllegalStateException("stopped", new RuntimeException("too large")));

    // then
    assertThat(ended.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(ended.why())
        .isEqualTo("IllegalStateException: stopped (RuntimeException: too large).");
    assertThat(EngineErrors.of(new TimeoutException()).why()).contains("did not stop in time");
  }
}
