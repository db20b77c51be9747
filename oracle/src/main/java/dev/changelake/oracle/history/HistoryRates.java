package dev.changelake.oracle.history;

/**
 * How wild a history is; probabilities are between 0 and 1.
 *
 * @param stepsPerBatch the greatest number of steps in a batch; a step emits one or more records
 * @param keys keys of each table; few keys collide often
 * @param emptyBatch that a batch is empty
 * @param carry that the last records of a batch slip into the next one
 * @param conflict that an order id is drawn without looking whether somebody has it
 * @param equalLsn that an event shares the lsn of the one before
 * @param replay that a step re-emits the last records verbatim
 * @param incremental that a step is an incremental snapshot, without lsn
 * @param orphan that a step is a tombstone whose delete is gone
 * @param garbage that a step is a record that must not be applied
 */
public record HistoryRates(
    int stepsPerBatch,
    int keys,
    double emptyBatch,
    double carry,
    double conflict,
    double equalLsn,
    double replay,
    double incremental,
    double orphan,
    double garbage) {

  public HistoryRates {
    if (stepsPerBatch < 1 || keys < 2) {
      throw new IllegalArgumentException(
          "At least 1 step and 2 keys are needed, were %d and %d".formatted(stepsPerBatch, keys));
    }
    for (double rate :
        new double[] {
          emptyBatch, carry, conflict, equalLsn, replay, incremental, orphan, garbage
        }) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("A rate must lie between 0 and 1, was " + rate);
      }
    }
  }

  /** Everything that can happen, often. */
  public static HistoryRates wild() {
    return new HistoryRates(40, 8, 0.08, 0.3, 0.25, 0.2, 0.04, 0.04, 0.03, 0.08);
  }

  /** Inserts, updates and deletes as a healthy platform has them: nothing to refuse or to skip. */
  public static HistoryRates calm() {
    return new HistoryRates(40, 8, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same with another number of steps in a batch. */
  public HistoryRates withStepsPerBatch(int steps) {
    return new HistoryRates(
        steps, keys, emptyBatch, carry, conflict, equalLsn, replay, incremental, orphan, garbage);
  }

  /** The same with other key spaces. */
  public HistoryRates withKeys(int number) {
    return new HistoryRates(
        stepsPerBatch,
        number,
        emptyBatch,
        carry,
        conflict,
        equalLsn,
        replay,
        incremental,
        orphan,
        garbage);
  }

  /** The same with another share of records that must not be applied. */
  public HistoryRates withGarbage(double rate) {
    return new HistoryRates(
        stepsPerBatch,
        keys,
        emptyBatch,
        carry,
        conflict,
        equalLsn,
        replay,
        incremental,
        orphan,
        rate);
  }

  /** The same with another share of careless order ids. */
  public HistoryRates withConflict(double rate) {
    return new HistoryRates(
        stepsPerBatch,
        keys,
        emptyBatch,
        carry,
        rate,
        equalLsn,
        replay,
        incremental,
        orphan,
        garbage);
  }

  /** The same with another share of replays. */
  public HistoryRates withReplay(double rate) {
    return new HistoryRates(
        stepsPerBatch,
        keys,
        emptyBatch,
        carry,
        conflict,
        equalLsn,
        rate,
        incremental,
        orphan,
        garbage);
  }
}
