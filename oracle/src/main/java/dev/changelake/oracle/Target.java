package dev.changelake.oracle;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A stored table: applies batches in order and knows its rows. */
interface Target {

  /**
   * Applies the batch's records of all sources of this target.
   *
   * @param landed in topic, partition and offset order
   * @return why records were refused that are good by themselves, by their place
   */
  Map<String, String> apply(long n, List<Landed> landed, Tally tally);

  /** The rows by row key; cells are never changed later. */
  Map<String, SortedMap<String, Object>> rows();
}
