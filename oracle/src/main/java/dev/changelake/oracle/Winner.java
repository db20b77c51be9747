package dev.changelake.oracle;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last accepted record of a source key in a batch.
 *
 * @param lsn the greatest lsn applied to the key, this record's included; may be null
 */
record Winner(Landed landed, Long lsn) {

  SourceKey owner() {
    return landed.sourceKey();
  }

  /** Whether the source row is there after this record. */
  boolean leavesRow() {
    return landed.row() != null;
  }

  /** The cells of a row that this winner writes in batch n. */
  SortedMap<String, Object> cells(Map<String, Object> row, long n) {
    SortedMap<String, Object> cells = new TreeMap<>(row);
    cells.put("_topic", landed.record().topic());
    cells.put("_partition", landed.record().partition());
    cells.put("_offset", landed.record().offset());
    cells.put("_lsn", lsn);
    cells.put("_n", n);
    return Collections.unmodifiableSortedMap(cells);
  }
}
