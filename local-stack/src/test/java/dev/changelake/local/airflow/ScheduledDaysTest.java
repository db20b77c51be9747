package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledDaysTest {
  private static final LocalDate DAY = LocalDate.of(2020, 6, 24);

  @TempDir private Path home;

  @Test
  void aLastDayIsKeptUntilAnotherIsGiven() throws IOException {
    assertThat(lastDay(null)).isEmpty();
    assertThat(lastDay("2020-06-24")).contains(DAY);
    assertThat(lastDay(null)).contains(DAY);
    assertThat(lastDay("2020-06-25")).contains(DAY.plusDays(1));
    assertThat(lastDay("none")).isEmpty();
    assertThat(lastDay(null)).isEmpty();
  }

  @Test
  void whatIsNoDayIsRefusedAndNotKept() throws IOException {
    // given
    lastDay("2020-06-24");

    // when
    ChangelakeException refused =
        catchThrowableOfType(ChangelakeException.class, () -> lastDay("tomorrow"));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.problem()).contains("'tomorrow'");
    assertThat(lastDay(null)).contains(DAY);
  }

  private Optional<LocalDate> lastDay(String given) throws IOException {
    return new ScheduledDays(home).lastDay(Optional.ofNullable(given));
  }
}
