package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayIdsTest {
  private static final LocalDate DAY = LocalDate.of(2020, 6, 22);

  @Test
  void the_ranges_of_order_ids_are_disjoint_up_to_the_most_rows() {
    // given
    DayIds ids = new DayIds(DAY);
    int last = RowLimits.MAXIMUM - 1;

    // when
    List<Long> bounds =
        List.of(
            ids.leadOrder(0),
            ids.leadOrder(last),
            ids.lateOrder(0),
            ids.lateOrder(last),
            ids.carriedOrder(0),
            ids.carriedOrder(last),
            ids.companyOrder(0),
            ids.companyOrder(last),
            new DayIds(DAY.plusDays(1)).leadOrder(0));

    // then
    assertThat(bounds).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void an_index_beyond_the_range_is_refused() {
    // given
    DayIds ids = new DayIds(DAY);

    // when, then
    assertThatThrownBy(() -> ids.lead(RowLimits.MAXIMUM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index out of the id range: 1000000");
  }
}
