package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.DayHours;
import dev.changelake.produce.world.LeadDay;
import dev.changelake.produce.world.LeadTurn;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A day's changes of leads, in the order of time: those of the day before change, new ones appear,
 * and some of these change so many rows later.
 */
final class LeadChanges {
  private final LeadDay today;
  private final Optional<LeadDay> yesterday;

  /**
   * The changes of a day.
   *
   * @param yesterday the leads of the day before, if it had any
   */
  LeadChanges(LeadDay today, Optional<LeadDay> yesterday) {
    this.today = today;
    this.yesterday = yesterday;
  }

  long size() {
    int rows = today.hours().rows();
    return rows + LeadDay.turnsADay(rows) * (yesterday.isPresent() ? 2L : 1L);
  }

  Stream<Change> changes() {
    DayHours hours = today.hours();
    return IntStream.range(0, hours.rows() + hours.lag()).boxed().flatMap(this::step);
  }

  private Stream<Change> step(int step) {
    int turning = step - today.hours().lag();
    return Stream.of(
            yesterday
                .filter(day -> step < day.hours().rows())
                .flatMap(day -> change(day, step, day.turnNextDay(step), step)),
            Optional.of(turning)
                .filter(index -> index >= 0)
                .flatMap(index -> change(today, index, today.turnThisDay(index), step)),
            Optional.of(step)
                .filter(index -> index < today.hours().rows())
                .map(
                    index ->
                        new Change(Operation.CREATE, today.created(index), today.createdAt(index))))
        .flatMap(Optional::stream);
  }

  private Optional<Change> change(LeadDay day, int index, Optional<LeadTurn> turn, int step) {
    return turn.map(
        taken -> new Change(operation(taken), day.turned(index), today.hours().changing(step)));
  }

  private static Operation operation(LeadTurn turn) {
    return turn == LeadTurn.DELETED ? Operation.DELETE : Operation.UPDATE;
  }
}
