package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** The table that only grows: the first line of a key stays for good. */
final class WeblogsTarget implements Target {

  private final UnaryOperator<SortedMap<String, Object>> decoration;
  private final Map<String, SortedMap<String, Object>> rows = new HashMap<>();

  WeblogsTarget(UnaryOperator<SortedMap<String, Object>> decoration) {
    this.decoration = decoration;
  }

  @Override
  public Map<String, String> apply(long n, List<Landed> landed, Tally tally) {
    for (Landed next : landed) {
      tally.add(Count.LANDED);
      switch (next.landing()) {
        case QUARANTINED -> tally.add(Count.BAD);
        case CONTROL -> tally.add(Count.CONTROL);
        case TOMBSTONE, TRUNCATE ->
            throw new IllegalStateException(next.record() + " was not refused");
        case CHANGE -> append(n, next, tally);
      }
    }
    return Map.of();
  }

  private void append(long n, Landed next, Tally tally) {
    String rowKey = RowKey.of(next.key());
    if (rows.containsKey(rowKey)) {
      tally.add(Count.REPLAYS);
    } else {
      Winner winner = new Winner(next.sourceKey(), next, next.row(), next.position());
      rows.put(rowKey, decoration.apply(winner.cells(next.row(), n)));
      tally.add(Count.WINNERS);
      tally.add(Count.INSERTED);
    }
  }

  @Override
  public Map<String, SortedMap<String, Object>> rows() {
    return rows;
  }
}
