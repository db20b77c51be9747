package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScatterTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 12, 97, 360, 2000})
  void each_place_is_taken_once(int size) {
    // given
    Scatter scatter = new Scatter(size, new Draws(size));

    // when
    IntStream places = IntStream.range(0, size).map(scatter::place);

    // then
    assertThat(places.sorted().toArray()).isEqualTo(IntStream.range(0, size).toArray());
  }
}
