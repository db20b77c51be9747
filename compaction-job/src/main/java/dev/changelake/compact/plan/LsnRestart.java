package dev.changelake.compact.plan;

/**
 * Where a topic's log positions began anew: an operator said that the source was restored or failed
 * over before this record.
 *
 * @param n the plan that has the record
 */
public record LsnRestart(long n, int partition, long offset) {
  public LsnRestart {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException("partition and offset must not be negative");
    }
  }
}
