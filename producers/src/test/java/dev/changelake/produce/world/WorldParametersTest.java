package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class WorldParametersTest {
  private static final LocalDate START = LocalDate.of(2020, 6, 21);

  @Test
  void too_few_rows_are_refused() {
    assertThatThrownBy(() -> new WorldParameters(1, 7, START))
        .hasMessage("rows must be 8 to 1000000, was 7");
  }

  @Test
  void too_many_rows_are_refused() {
    assertThatThrownBy(() -> new WorldParameters(1, 1_000_001, START))
        .hasMessage("rows must be 8 to 1000000, was 1000001");
  }

  @Test
  void a_start_that_leaves_no_time_for_orders_is_refused() {
    assertThatThrownBy(() -> new WorldParameters(1, 8, LocalDate.of(2018, 1, 1)))
        .hasMessage(
            "the first day must be after 2018-01-01 and not after 2199-12-31," + " was 2018-01-01");
  }
}
