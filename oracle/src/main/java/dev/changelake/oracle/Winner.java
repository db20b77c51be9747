package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last accepted record of a source key in a batch.
 *
 * @param owner the key that it decides; a truncate has none of its own
 * @param row the source's row after this record, as far as it is needed; null if there is none
 * @param guard how far the key was applied, this record included; later batches compare with it
 */
record Winner(SourceKey owner, Landed landed, Map<String, Object> row, Position guard) {

  /** Whether the source row is there after this record. */
  boolean leavesRow() {
    return row != null;
  }

  /** As what the deciding record is counted. */
  Count count() {
    return landed.isTruncate() ? Count.TRUNCATED : Count.WINNERS;
  }

  /** The cells of a row that this winner writes in batch n. */
  SortedMap<String, Object> cells(Map<String, Object> row, long n) {
    SortedMap<String, Object> cells = new TreeMap<>(row);
    cells.put("_topic", landed.record().topic());
    cells.put("_partition", landed.record().partition());
    cells.put("_offset", landed.record().offset());
    cells.put("_lsn", guard.lsn());
    cells.put("_source_ts_ms", guard.tsMs());
    cells.put("_unavailable", null);
    cells.put("_n", n);
    return Collections.unmodifiableSortedMap(cells);
  }
}
