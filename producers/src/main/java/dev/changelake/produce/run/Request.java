package dev.changelake.produce.run;

import dev.changelake.produce.feed.Task;
import dev.changelake.produce.store.Destination;
import dev.changelake.produce.world.RowLimits;
import dev.changelake.produce.world.WorldParameters;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What a run is asked to write.
 *
 * @param rows how many rows of each table
 * @param into where changes are written
 * @param dryRun whether nothing shall be written
 * @param again whether a start that is written shall be written again
 */
public record Request(
    Task task,
    LocalDate date,
    long seed,
    int rows,
    Destination into,
    boolean dryRun,
    boolean again) {
  public Request {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(into, "into");
    if (again && into == Destination.DATABASE) {
      throw new IllegalArgumentException(
          "--again is for topics: a database keeps the rows that it has got");
    }
    RowLimits.check(rows);
    if (date.isAfter(WorldParameters.LAST_DAY)) {
      throw new IllegalArgumentException(
          "the date must not be after %s, was %s".formatted(WorldParameters.LAST_DAY, date));
    }
    if (task == Task.INIT) {
      new WorldParameters(seed, rows, date);
    }
  }
}
