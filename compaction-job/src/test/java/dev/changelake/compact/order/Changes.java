package dev.changelake.compact.order;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Short forms of changes to a row of three cells: its key, a number and a large text. */
final class Changes {
  /** A cell that a record leaves out. */
  static final Object LEFT_OUT = new Object();

  static final int COLUMNS = 3;

  private Changes() {}

  static KeyChange write(long offset, Long lsn, Object... cells) {
    return change(ChangeKind.UPDATE, 0, offset, 0, lsn, lsn, cells);
  }

  static KeyChange read(long offset, Long lsn, Object... cells) {
    return change(ChangeKind.READ, 0, offset, 0, lsn, lsn, cells);
  }

  static KeyChange delete(long offset, Long lsn) {
    return change(ChangeKind.DELETE, 0, offset, 0, lsn, lsn);
  }

  static KeyChange tombstone(long offset) {
    return change(ChangeKind.TOMBSTONE, 0, offset, 0, null, null);
  }

  static KeyChange truncate(long offset, Long lsn) {
    return change(ChangeKind.TRUNCATE, 0, offset, 0, lsn, lsn);
  }

  static KeyChange unreadable(long offset, Long lsn) {
    return change(ChangeKind.UNREADABLE, 0, offset, 0, lsn, lsn);
  }

  static KeyChange change(
      ChangeKind kind,
      int partition,
      long offset,
      int epoch,
      Long lsn,
      Long tsMs,
      Object... cells) {
    Image image = kind.leavesRow() ? image(cells) : null;
    return new KeyChange(
        kind, new Place("topic", partition, offset), epoch, lsn, tsMs, false, false, image);
  }

  static KeyChange in(int partition, KeyChange change) {
    return new KeyChange(
        change.kind(),
        new Place("topic", partition, change.place().offset()),
        change.epoch(),
        change.lsn(),
        change.tsMs(),
        change.pairedBefore(),
        change.again(),
        change.image());
  }

  private static Image image(Object[] cells) {
    Object[] values = cells.clone();
    Set<Integer> unknown = new HashSet<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == LEFT_OUT) {
        values[i] = null;
        unknown.add(i);
      }
    }
    return new Image(values, unknown, Image.Membership.ROW);
  }

  /** The cells of a result's row; null if it leaves none. */
  static List<Object> cells(KeyResult result) {
    return result.row().map(row -> Arrays.asList(row.cells())).orElse(null);
  }
}
