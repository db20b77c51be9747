package dev.changelake.compact.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.changelake.compact.plan.OffsetRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the committed change log holds of one topic's part of a batch.
 *
 * @param statuses how many records have each status
 * @param reasons how many quarantined records have each reason
 * @param controls how many control records there are of each kind
 * @param leavingOut how many changes leave out values that did not change
 * @param lost ranges that an operator gave up
 */
public record TopicLedger(
    String table,
    String topic,
    List<PartitionLedger> partitions,
    Map<String, Long> statuses,
    Map<String, Long> reasons,
    Map<String, Long> controls,
    long leavingOut,
    List<OffsetRange> lost) {
  public TopicLedger {
    partitions = List.copyOf(partitions);
    statuses = new TreeMap<>(statuses);
    reasons = new TreeMap<>(reasons);
    // Manifests that were written before control records had kinds have none.
    controls = controls == null ? Map.of() : new TreeMap<>(controls);
    lost = List.copyOf(lost);
  }

  /**
   * One partition.
   *
   * @param rows rows in the log
   * @param offsets distinct offsets among them
   * @param holes offsets of the range that the log does not have, at most the first thousand ranges
   * @param startsWithTombstone whether the first offset holds a tombstone
   */
  public record PartitionLedger(
      OffsetRange range,
      long rows,
      long offsets,
      List<OffsetRange> holes,
      boolean startsWithTombstone) {
    public PartitionLedger {
      holes = List.copyOf(holes);
    }

    /**
     * Whether each offset of the range stands in the log exactly once, or is a known hole.
     *
     * @param known ranges that never held a record
     */
    public boolean isExact(List<OffsetRange> known) {
      long missing = holes.stream().mapToLong(OffsetRange::length).sum();
      return rows == offsets
          && offsets + missing == range.length()
          && holes.stream().allMatch(hole -> known.stream().anyMatch(all -> all.contains(hole)));
    }
  }

  /** Rows in the log. */
  public long landed() {
    return partitions.stream().mapToLong(PartitionLedger::rows).sum();
  }

  public long count(String status) {
    return statuses.getOrDefault(status, 0L);
  }

  /** The share of quarantined records, 0 to 1. */
  @JsonIgnore
  public BigDecimal quarantinedShare() {
    return landed() == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(count("quarantined"))
            .divide(BigDecimal.valueOf(landed()), MathContext.DECIMAL64);
  }
}
