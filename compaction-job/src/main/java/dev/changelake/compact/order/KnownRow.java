package dev.changelake.compact.order;

import java.util.Set;
import java.util.TreeSet;

/** The cells of a key's row while its records go by; a cell may be not known. */
final class KnownRow {
  private final Object[] cells;
  private final boolean[] known;

  /** Nothing is known yet. */
  KnownRow(int columns) {
    this.cells = new Object[columns];
    this.known = new boolean[columns];
  }

  /** The row is gone, or something changed that cannot be read. */
  void forget() {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = null;
      known[i] = false;
    }
  }

  void set(Object[] values, Set<Integer> unknown) {
    for (int i = 0; i < cells.length; i++) {
      known[i] = !unknown.contains(i);
      cells[i] = known[i] ? values[i] : null;
    }
  }

  /** The row as far as it is known. */
  Image image() {
    Set<Integer> unknown = new TreeSet<>();
    for (int i = 0; i < known.length; i++) {
      if (!known[i]) {
        unknown.add(i);
      }
    }
    return new Image(cells.clone(), unknown, Image.Membership.ROW);
  }

  /** Takes an image; what it leaves out stays as it was. */
  Image update(Image image) {
    Object[] row = image.cells().clone();
    Set<Integer> unknown = new TreeSet<>();
    for (int i : image.unknown()) {
      if (known[i]) {
        row[i] = cells[i];
      } else {
        unknown.add(i);
      }
    }
    set(row, unknown);
    return new Image(row, unknown, image.membership());
  }
}
