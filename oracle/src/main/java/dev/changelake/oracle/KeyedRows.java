package dev.changelake.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows by the values of their key, the form in which tables are compared. */
public final class KeyedRows {

  private KeyedRows() {}

  /** Names each row by these columns. */
  public static SortedMap<String, SortedMap<String, Object>> of(
      List<String> key, Collection<SortedMap<String, Object>> rows) {
    SortedMap<String, SortedMap<String, Object>> keyed = new TreeMap<>();
    rows.forEach(cells -> add(keyed, key, cells));
    return Collections.unmodifiableSortedMap(keyed);
  }

  /** The rows as they are published: without the columns that the lake adds for itself. */
  public static SortedMap<String, SortedMap<String, Object>> published(
      SortedMap<String, SortedMap<String, Object>> rows) {
    SortedMap<String, SortedMap<String, Object>> published = new TreeMap<>();
    rows.forEach(
        (key, cells) -> {
          SortedMap<String, Object> kept = new TreeMap<>(cells);
          kept.keySet().removeIf(column -> column.startsWith("_"));
          published.put(key, Collections.unmodifiableSortedMap(kept));
        });
    return Collections.unmodifiableSortedMap(published);
  }

  /** Adds a row; a key that occurs twice must show as an extra row, not vanish. */
  static void add(
      SortedMap<String, SortedMap<String, Object>> rows,
      List<String> key,
      SortedMap<String, Object> cells) {
    List<Object> values = new ArrayList<>();
    for (String column : key) {
      if (!cells.containsKey(column)) {
        throw new IllegalArgumentException(
            "A row has no key column " + column + ", but " + cells.keySet());
      }
      values.add(cells.get(column));
    }
    String name = RowKey.of(values);
    String free = name;
    for (int copy = 2; rows.containsKey(free); copy++) {
      free = name + " (copy " + copy + ")";
    }
    rows.put(free, Collections.unmodifiableSortedMap(cells));
  }
}
