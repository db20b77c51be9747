package dev.changelake.oracle;

import dev.changelake.oracle.Tally.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** A table that follows one source: each winner writes or removes its own row. */
final class MergeTarget implements Target {

  private final KeyFolder folder = new KeyFolder();
  private final Map<String, SortedMap<String, Object>> rows = new HashMap<>();

  @Override
  public List<String> apply(long n, List<Landed> landed, Tally tally) {
    Map<SourceKey, Winner> winners = folder.fold(landed, tally);
    winners.forEach((key, winner) -> write(n, RowKey.of(key.key()), winner, tally));
    folder.keep(landed, winners, Set.of());
    return List.of();
  }

  private void write(long n, String rowKey, Winner winner, Tally tally) {
    tally.add(Count.WINNERS);
    if (winner.leavesRow()) {
      boolean known = rows.put(rowKey, winner.cells(winner.landed().row(), n)) != null;
      tally.add(known ? Count.UPDATED : Count.INSERTED);
    } else {
      boolean known = rows.remove(rowKey) != null;
      tally.add(known ? Count.DELETED : Count.WITHOUT_EFFECT);
    }
  }

  @Override
  public Map<String, SortedMap<String, Object>> rows() {
    return rows;
  }
}
