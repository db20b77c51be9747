package dev.changelake.oracle;

import dev.changelake.oracle.KeyFolder.Folded;
import dev.changelake.oracle.Tally.Count;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table fed by three sources: every order belongs to the source row that projected it. */
final class OrdersTarget implements Target {

  private final KeyFolder folder = new KeyFolder();
  private final Map<Long, SourceKey> owners = new HashMap<>();
  private final Map<String, SortedMap<String, Object>> rows = new HashMap<>();

  @Override
  public Map<String, String> apply(long n, List<Landed> landed, Tally tally) {
    Folded folded = folder.fold(landed, owned(), tally);
    Map<SourceKey, Winner> winners = folded.winners();
    Map<SourceKey, Map<String, Object>> projected = new LinkedHashMap<>();
    winners.forEach(
        (key, winner) -> OrderProjection.of(winner).ifPresent(row -> projected.put(key, row)));
    Map<SourceKey, Long> claims = new LinkedHashMap<>();
    projected.forEach((key, row) -> claims.put(key, (Long) row.get("order_id")));
    Set<SourceKey> conflicts =
        new OrderConflicts(winners.keySet(), claims, Map.copyOf(owners)).find();
    folder.keep(landed, folded, conflicts);

    Map<SourceKey, Winner> standing = new LinkedHashMap<>(winners);
    standing.keySet().removeAll(conflicts);
    Map<SourceKey, Long> releases = releases(standing.keySet());
    Set<Long> before = Set.copyOf(owners.keySet());
    releases.values().forEach(this::remove);
    standing.forEach(
        (key, winner) -> {
          if (projected.containsKey(key)) {
            write(n, claims.get(key), winner, projected.get(key));
          }
        });
    count(standing, claims, releases, before, tally);
    Map<String, String> refused = new HashMap<>();
    folded.unresolved().forEach(each -> refused.put(each.record().place(), Oracle.UNRESOLVED));
    for (SourceKey key : conflicts) {
      tally.add(Count.CONFLICTS);
      refused.put(winners.get(key).landed().record().place(), Oracle.SOURCE_CONFLICT);
    }
    return refused;
  }

  /** What the orders show of the source rows that own them. */
  private Map<SourceKey, Map<String, Object>> owned() {
    Map<SourceKey, Map<String, Object>> owned = new HashMap<>();
    owners.forEach(
        (orderId, owner) -> {
          Map<String, Object> shown = new HashMap<>(rows.get(String.valueOf(orderId)));
          shown.keySet().removeIf(column -> !OrderProjection.isShown(owner.source(), column));
          owned.put(owner, shown);
        });
    return owned;
  }

  /** The order that each of these source rows owned so far; at most one. */
  private Map<SourceKey, Long> releases(Set<SourceKey> releasing) {
    Map<SourceKey, Long> releases = new HashMap<>();
    owners.forEach(
        (orderId, owner) -> {
          if (releasing.contains(owner) && releases.put(owner, orderId) != null) {
            throw new IllegalStateException(owner + " owned two orders");
          }
        });
    return releases;
  }

  private void remove(Long orderId) {
    owners.remove(orderId);
    rows.remove(String.valueOf(orderId));
  }

  private void write(long n, Long orderId, Winner winner, Map<String, Object> row) {
    Map<String, Object> owned = new TreeMap<>(row);
    owned.put("_source", winner.owner().source().table());
    owned.put("_source_key", winner.owner().json());
    if (owners.put(orderId, winner.owner()) != null) {
      throw new IllegalStateException("Order " + orderId + " was taken from its owner");
    }
    rows.put(String.valueOf(orderId), winner.cells(owned, n));
  }

  private void count(
      Map<SourceKey, Winner> standing,
      Map<SourceKey, Long> claims,
      Map<SourceKey, Long> releases,
      Set<Long> before,
      Tally tally) {
    standing.forEach(
        (key, winner) -> {
          Long claimed = claims.get(key);
          Long left = releases.get(key);
          boolean gone = left != null && !owners.containsKey(left);
          if (claimed == null && left == null && winner.leavesRow()) {
            tally.add(Count.FILTERED);
            return;
          }
          tally.add(winner.count());
          if (gone) {
            tally.add(Count.DELETED);
          }
          if (claimed != null) {
            tally.add(before.contains(claimed) ? Count.UPDATED : Count.INSERTED);
            if (gone) {
              tally.add(Count.MOVED);
            }
          } else if (left == null) {
            tally.add(Count.WITHOUT_EFFECT);
          } else if (!gone) {
            tally.add(Count.OVERTAKEN);
          }
        });
  }

  @Override
  public Map<String, SortedMap<String, Object>> rows() {
    return rows;
  }
}
