package dev.changelake.compact.load;

import dev.changelake.compact.load.Parity.KeyRange;
import dev.changelake.compact.load.Parity.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goes along the rows of both sides, each sorted by the key, and keeps nothing but what differs.
 */
final class ParityCheck {
  private static final int MOST_RANGES = 20;

  private final WarehouseTable table;
  private final Sum lake = new Sum();
  private final Sum warehouse = new Sum();
  private final List<KeyRange> ranges = new ArrayList<>();
  private KeyRange open;
  private long differing;

  ParityCheck(WarehouseTable table) {
    this.table = table;
  }

  /** Rows and their sum. */
  private static final class Sum {
    private long rows;
    private long hash;

    Side side() {
      return new Side(rows, "%016x".formatted(hash));
    }
  }

  Parity of(Iterator<ComparedRow> lakeRows, Iterator<ComparedRow> warehouseRows) {
    ComparedRow ours = next(lakeRows, lake);
    ComparedRow theirs = next(warehouseRows, warehouse);
    while (ours != null || theirs != null) {
      int order = ours == null ? 1 : theirs == null ? -1 : ours.compareTo(theirs);
      if (order < 0) {
        differs(new KeyRange(keyText(ours), keyText(ours), 1, 0, 0, Set.of()));
      } else if (order > 0) {
        differs(new KeyRange(keyText(theirs), keyText(theirs), 0, 1, 0, Set.of()));
      } else if (ours.cells().equals(theirs.cells())) {
        close();
      } else {
        differs(
            new KeyRange(keyText(ours), keyText(ours), 0, 0, 1, differentColumns(ours, theirs)));
      }
      if (order <= 0) {
        ours = next(lakeRows, lake);
      }
      if (order >= 0) {
        theirs = next(warehouseRows, warehouse);
      }
    }
    close();
    return new Parity(table.name(), lake.side(), warehouse.side(), ranges, differing);
  }

  private static ComparedRow next(Iterator<ComparedRow> rows, Sum sum) {
    if (!rows.hasNext()) {
      return null;
    }
    ComparedRow row = rows.next();
    sum.rows++;
    sum.hash += row.hash();
    return row;
  }

  private void differs(KeyRange key) {
    differing++;
    if (open == null) {
      open = key;
      return;
    }
    Set<String> columns = new TreeSet<>(open.columns());
    columns.addAll(key.columns());
    open =
        new KeyRange(
            open.from(),
            key.to(),
            open.missing() + key.missing(),
            open.foreign() + key.foreign(),
            open.different() + key.different(),
            columns);
  }

  private Set<String> differentColumns(ComparedRow ours, ComparedRow theirs) {
    List<String> names = table.columnNames();
    return IntStream.range(0, names.size())
        .filter(i -> !Objects.equals(ours.cells().get(i), theirs.cells().get(i)))
        .mapToObj(names::get)
        .collect(Collectors.toSet());
  }

  private void close() {
    if (open != null && ranges.size() < MOST_RANGES) {
      ranges.add(open);
    }
    open = null;
  }

  private String keyText(ComparedRow row) {
    List<String> names = table.columnNames();
    return IntStream.range(0, table.key().size())
        .mapToObj(
            i -> table.key().get(i) + "=" + row.cells().get(names.indexOf(table.key().get(i))))
        .collect(Collectors.joining(", "));
  }
}
