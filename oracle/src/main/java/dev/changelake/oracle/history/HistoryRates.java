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
 * @param leftOut that an update keeps texts as they were and leaves some of these out
 * @param truncate that a step empties a table; only for topics of one partition, since a truncate
 *     has no key and so no order with records in another one
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
    double garbage,
    double leftOut,
    double truncate) {

  public HistoryRates {
    if (stepsPerBatch < 1 || keys < 2) {
      throw new IllegalArgumentException(
          "At least 1 step and 2 keys are needed, were %d and %d".formatted(stepsPerBatch, keys));
    }
    for (double rate :
        new double[] {
          emptyBatch,
          carry,
          conflict,
          equalLsn,
          replay,
          incremental,
          orphan,
          garbage,
          leftOut,
          truncate
        }) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("A rate must lie between 0 and 1, was " + rate);
      }
    }
  }

  /** Everything that can happen to topics of any number of partitions, often. */
  public static HistoryRates wild() {
    return new HistoryRates(40, 8, 0.08, 0.3, 0.25, 0.2, 0.04, 0.04, 0.03, 0.08, 0.3, 0);
  }

  /** Inserts, updates and deletes as a healthy platform has them: nothing to refuse or to skip. */
  public static HistoryRates calm() {
    return new HistoryRates(40, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same with another number of steps in a batch. */
  public HistoryRates withStepsPerBatch(int steps) {
    return new HistoryRates(
        steps,
        keys,
        emptyBatch,
        carry,
        conflict,
        equalLsn,
        replay,
        incremental,
        orphan,
        garbage,
        leftOut,
        truncate);
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
        garbage,
        leftOut,
        truncate);
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
        rate,
        leftOut,
        truncate);
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
        garbage,
        leftOut,
        truncate);
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
        garbage,
        leftOut,
        truncate);
  }

  /** The same with another share of updates that leave values out. */
  public HistoryRates withLeftOut(double rate) {
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
        garbage,
        rate,
        truncate);
  }

  /** The same with another share of truncates; topics must have one partition. */
  public HistoryRates withTruncate(double rate) {
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
        garbage,
        leftOut,
        rate);
  }
}
