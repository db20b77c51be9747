package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class DiceTest {
  private static final LocalDate DAY = LocalDate.of(2020, 6, 22);

  @Test
  void draws_are_the_published_sequence_of_split_mix() {
    // given
    Draws draws = new Draws(1234567L);

    // when
    long first = draws.next();
    long second = draws.next();

    // then
    assertThat(first).isEqualTo(6457827717110365317L);
    assertThat(second).isEqualTo(3203168211198807973L);
  }

  @Test
  void each_seed_table_day_purpose_and_index_has_its_own_stream() {
    // given
    Dice dice = new Dice(1, "leads", DAY);

    // when
    long draw = dice.roll("price", 0).next();

    // then
    assertThat(new Dice(1, "leads", DAY).roll("price", 0).next()).isEqualTo(draw);
    assertThat(
            new long[] {
              dice.roll("price", 1).next(),
              dice.roll("value", 0).next(),
              new Dice(2, "leads", DAY).roll("price", 0).next(),
              new Dice(1, "orders", DAY).roll("price", 0).next(),
              new Dice(1, "leads", DAY.plusDays(1)).roll("price", 0).next()
            })
        .doesNotContain(draw)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_bound_that_leaves_nothing_to_draw_is_refused() {
    // given
    Draws draws = new Draws(1);

    // when, then
    assertThatThrownBy(() -> draws.below(0)).hasMessage("bound must be at least 1, was 0");
  }
}
