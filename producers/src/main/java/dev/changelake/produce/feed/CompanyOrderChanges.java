package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.CompanyOrderDay;
import dev.changelake.produce.world.DayHours;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A day's changes of company orders, in the order of time. */
final class CompanyOrderChanges {
  private final CompanyOrderDay day;

  CompanyOrderChanges(CompanyOrderDay day) {
    this.day = day;
  }

  long size() {
    int rows = day.hours().rows();
    return rows + (long) CompanyOrderDay.turnsADay(rows);
  }

  Stream<Change> changes() {
    DayHours hours = day.hours();
    return IntStream.range(0, hours.rows() + hours.lag()).boxed().flatMap(this::step);
  }

  private Stream<Change> step(int step) {
    int turning = step - day.hours().lag();
    return Stream.of(
            Optional.of(turning).filter(index -> index >= 0).flatMap(index -> turn(index, step)),
            Optional.of(step)
                .filter(index -> index < day.hours().rows())
                .map(
                    index ->
                        new Change(Operation.CREATE, day.created(index), day.createdAt(index))))
        .flatMap(Optional::stream);
  }

  private Optional<Change> turn(int index, int step) {
    return day.turn(index)
        .map(
            turn ->
                new Change(
                    turn == CompanyOrderDay.Turn.DELETED ? Operation.DELETE : Operation.UPDATE,
                    day.turned(index),
                    day.hours().changing(step)));
  }
}
