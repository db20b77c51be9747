package dev.changelake.oracle;

import dev.changelake.oracle.KeyFolder.Folded;
import dev.changelake.oracle.Tally.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** A table that follows one source: each winner writes or removes its own row. */
final class MergeTarget implements Target {

  private final KeyFolder folder = new KeyFolder();
  private final Map<SourceKey, Map<String, Object>> owned = new HashMap<>();
  private final Map<String, SortedMap<String, Object>> rows = new HashMap<>();

  @Override
  public Map<String, String> apply(long n, List<Landed> landed, Tally tally) {
    Folded folded = folder.fold(landed, owned, tally);
    folded.winners().values().forEach(winner -> write(n, winner, tally));
    folder.keep(landed, folded, Set.of());
    Map<String, String> refused = new HashMap<>();
    folded.unresolved().forEach(each -> refused.put(each.record().place(), Oracle.UNRESOLVED));
    return refused;
  }

  private void write(long n, Winner winner, Tally tally) {
    String rowKey = RowKey.of(winner.owner().key());
    tally.add(winner.count());
    if (winner.leavesRow()) {
      owned.put(winner.owner(), winner.row());
      boolean known = rows.put(rowKey, winner.cells(winner.row(), n)) != null;
      tally.add(known ? Count.UPDATED : Count.INSERTED);
    } else {
      owned.remove(winner.owner());
      boolean known = rows.remove(rowKey) != null;
      tally.add(known ? Count.DELETED : Count.WITHOUT_EFFECT);
    }
  }

  @Override
  public Map<String, SortedMap<String, Object>> rows() {
    return rows;
  }
}
