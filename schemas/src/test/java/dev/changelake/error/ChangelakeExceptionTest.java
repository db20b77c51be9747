package dev.changelake.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangelakeExceptionTest {

  @Test
  void tellsProblemReasonAndRemedy() {
    // given
    IllegalStateException cause = new IllegalStateException("away");

    // when
    ChangelakeException failure =
        new ChangelakeException(ErrorCategory.SOURCE, "Kafka is away.", "It is down.", "Start it.")
            .causedBy(cause)
            .notRetryable();

    // then
    assertThat(failure)
        .hasMessage("Kafka is away.\n  Why: It is down.\n  Next: Start it.")
        .hasCause(cause);
    assertThat(failure.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(failure.retryable()).isFalse();
  }
}
