package dev.changelake.produce.feed;

import dev.changelake.produce.world.World;
import java.time.LocalDate;

/** On which days there is a feed. */
final class FeedDay {
  private FeedDay() {}

  static LocalDate check(World world, LocalDate day) {
    if (!day.isAfter(world.parameters().start())) {
      throw new IllegalArgumentException(
          "a feed's day must be after %s, was %s".formatted(world.parameters().start(), day));
    }
    return day;
  }
}
