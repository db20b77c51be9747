package dev.changelake.compact.order;

import java.util.Iterator;

/** How a table follows from the records of a key. */
public interface KeyRule {
  /**
   * Takes the records of one key in one batch.
   *
   * @param before what is known of the key before the batch
   * @param changes the records, by partition and offset
   * @param several whether they stand in more than one partition
   */
  KeyResult fold(StoredKey before, Iterator<KeyChange> changes, boolean several);
}
