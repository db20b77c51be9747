package dev.changelake.oracle;

import java.util.EnumMap;
import java.util.Map;

/** Counts while a batch is folded. */
final class Tally {

  enum Count {
    LANDED,
    WINNERS,
    SUPERSEDED,
    REPLAYS,
    TOMBSTONES,
    TRUNCATES,
    CONTROL,
    BAD,
    CONFLICTS,
    UNRESOLVED,
    FILTERED,
    INSERTED,
    UPDATED,
    DELETED,
    WITHOUT_EFFECT,
    MOVED,
    OVERTAKEN,
    TRUNCATED
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);

  void add(Count count) {
    counts.merge(count, 1L, Long::sum);
  }

  long of(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  OracleLedger ledger(String table) {
    return new OracleLedger(
        table,
        of(Count.LANDED),
        of(Count.WINNERS),
        of(Count.SUPERSEDED),
        of(Count.REPLAYS),
        of(Count.TOMBSTONES),
        of(Count.TRUNCATES),
        of(Count.CONTROL),
        of(Count.BAD),
        of(Count.CONFLICTS),
        of(Count.UNRESOLVED),
        of(Count.FILTERED),
        of(Count.INSERTED),
        of(Count.UPDATED),
        of(Count.DELETED),
        of(Count.WITHOUT_EFFECT),
        of(Count.MOVED),
        of(Count.OVERTAKEN),
        of(Count.TRUNCATED));
  }
}
