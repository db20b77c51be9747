package dev.changelake.compact.order;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A key's records without the deletes of another source's row that has the same key.
 *
 * <p>A tombstone does not say whose it is. One that follows a delete of this source is that
 * delete's; else it is that of the other source's delete before it in its partition, one for each.
 */
public final class OwnChanges implements Iterator<KeyChange> {
  private final Iterator<KeyChange> all;
  private KeyChange next;
  private KeyChange previous;
  private int partition = -1;
  private long otherDeletes;

  /**
   * The records of the topic's own source, of which the other's tombstones are known as such.
   *
   * @param all the records, by partition and offset
   */
  public OwnChanges(Iterator<KeyChange> all) {
    this.all = all;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public KeyChange next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    KeyChange current = next;
    advance();
    return current;
  }

  private void advance() {
    next = null;
    while (next == null && all.hasNext()) {
      KeyChange change = all.next();
      if (change.place().partition() != partition) {
        partition = change.place().partition();
        otherDeletes = 0;
      }
      if (change.kind() == ChangeKind.OTHER_DELETE) {
        otherDeletes++;
      } else {
        next = own(change);
      }
    }
  }

  private KeyChange own(KeyChange change) {
    boolean ofOther =
        change.kind() == ChangeKind.TOMBSTONE
            && otherDeletes > 0
            && !change.isTombstoneOf(previous);
    otherDeletes -= ofOther ? 1 : 0;
    previous = change.isOfKeyAlone() ? change : previous;
    return ofOther ? change.paired() : change;
  }
}
