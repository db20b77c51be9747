package dev.changelake.compact.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A database of one table, and its connector, which makes mistakes that connectors make: it says
 * its last records again, reads rows in between, sends no large value that did not change.
 */
final class ModelDatabase {
  private static final int KEYS = 5;

  /**
   * A record as it was sent.
   *
   * @param from the key that the row had before; null if the record does not say it
   */
  record Sent(long key, KeyChange change, Long from) {
    Sent(long key, KeyChange change) {
      this(key, change, null);
    }
  }

  private final Random random;
  private final Map<Long, Object[]> rows = new TreeMap<>();
  private final List<List<Sent>> transactions = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>(List.of(0L, 0L));
  private final List<Sent> sent = new ArrayList<>();
  private final int home;
  private boolean spread;
  private boolean moving;
  private boolean loose;
  private int epoch;
  private long lsn = 100;
  private long tsMs = 1_000;

  ModelDatabase(Random random) {
    this.random = random;
    this.home = random.nextInt(2);
    for (long key = 0; key < KEYS; key++) {
      if (random.nextBoolean()) {
        rows.put(key, new Object[] {key, random.nextInt(), text()});
      }
    }
    snapshot();
  }

  /** The rows as the records so far have them. */
  Map<Long, List<Object>> rows() {
    Map<Long, List<Object>> copy = new TreeMap<>();
    rows.forEach((key, cells) -> copy.put(key, List.of(cells)));
    return copy;
  }

  /** The keys that there may be. */
  static List<Long> keys() {
    List<Long> keys = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      keys.add(key);
    }
    return keys;
  }

  /** Takes the records since the last time. */
  List<Sent> take() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    moving = false;
    loose = false;
    return taken;
  }

  /** Something happens. */
  void step() {
    int what = random.nextInt(100);
    if (what < 55) {
      write(key());
    } else if (what < 66) {
      delete(key());
    } else if (what < 78) {
      changeKey(key(), key());
    } else if (what < 85) {
      replay();
    } else if (what < 90) {
      incrementalSnapshot();
    } else if (what < 93) {
      snapshot();
    } else if (what < 96 && !spread) {
      truncate();
    } else if (what < 98) {
      failOver();
    } else {
      addPartition();
    }
  }

  private void write(long key) {
    Object[] before = rows.get(key);
    Object[] after = {key, random.nextInt(), text()};
    Object[] shown = after.clone();
    if (before != null && random.nextInt(3) > 0) {
      after[2] = before[2];
      shown[2] = random.nextInt(4) > 0 ? Changes.LEFT_OUT : before[2];
    }
    rows.put(key, after);
    commit(send(before == null ? ChangeKind.INSERT : ChangeKind.UPDATE, key, nextLsn(), shown));
  }

  private void delete(long key) {
    if (rows.remove(key) != null) {
      long at = nextLsn();
      commit(send(ChangeKind.DELETE, key, at), send(ChangeKind.TOMBSTONE, key, null));
    }
  }

  /** Both halves have one position. */
  private void changeKey(long from, long to) {
    if (rows.containsKey(from) && !rows.containsKey(to)) {
      Object[] row = rows.remove(from);
      row[0] = to;
      rows.put(to, row);
      long at = nextLsn();
      Object[] shown = row.clone();
      shown[2] = random.nextBoolean() ? Changes.LEFT_OUT : row[2];
      commit(
          send(ChangeKind.DELETE, from, at),
          send(ChangeKind.TOMBSTONE, from, null),
          moved(send(ChangeKind.INSERT, to, at, shown), from));
    }
  }

  private Sent moved(Sent insert, long from) {
    Sent moved = new Sent(insert.key(), insert.change(), from);
    sent.set(sent.size() - 1, moved);
    return moved;
  }

  private void snapshot() {
    long at = nextLsn();
    List<Sent> reads = new ArrayList<>();
    rows.forEach((key, row) -> reads.add(send(ChangeKind.READ, key, at, row)));
    commit(reads.toArray(Sent[]::new));
  }

  /** Rows without a position; after a restart Debezium reads them again instead of repeating. */
  private void incrementalSnapshot() {
    if (!moving) {
      loose = true;
      rows.forEach(
          (key, row) -> {
            if (random.nextBoolean()) {
              send(ChangeKind.READ, key, null, row);
            }
          });
    }
  }

  private void truncate() {
    rows.clear();
    long at = nextLsn();
    long place = nextOffset(home);
    List<Sent> all = new ArrayList<>();
    for (long key : keys()) {
      all.add(new Sent(key, Changes.change(ChangeKind.TRUNCATE, home, place, epoch, at, tsMs)));
    }
    sent.addAll(all);
    commit(all.toArray(Sent[]::new));
  }

  /** The last transactions come once more, at new places. */
  private void replay() {
    int from = Math.max(0, transactions.size() - 1 - random.nextInt(6));
    List<List<Sent>> tail = List.copyOf(transactions.subList(from, transactions.size()));
    for (List<Sent> transaction : tail) {
      long truncatePlace = -1;
      for (Sent each : transaction) {
        KeyChange change = each.change();
        int partition = partition(each.key());
        boolean truncates = change.kind() == ChangeKind.TRUNCATE;
        long offset = truncates && truncatePlace >= 0 ? truncatePlace : nextOffset(partition);
        truncatePlace = truncates ? offset : -1;
        sent.add(
            new Sent(
                each.key(),
                new KeyChange(
                    change.kind(),
                    new Place("topic", partition, offset),
                    change.epoch(),
                    change.lsn(),
                    change.tsMs(),
                    false,
                    false,
                    change.image()),
                each.from()));
      }
    }
  }

  /** Positions begin anew, lower than they were; what came before is never said again. */
  private void failOver() {
    epoch++;
    lsn = random.nextInt(100);
    transactions.clear();
  }

  private void addPartition() {
    // A row without a position could be on either side of the move.
    if (!spread && !loose) {
      spread = true;
      moving = true;
      transactions.removeIf(
          transaction ->
              transaction.stream().anyMatch(each -> each.change().kind() == ChangeKind.TRUNCATE));
    }
  }

  private Sent send(ChangeKind kind, long key, Long at, Object... cells) {
    int partition = partition(key);
    Long committed = kind == ChangeKind.TOMBSTONE ? null : tsMs;
    Sent record =
        new Sent(
            key,
            Changes.change(kind, partition, nextOffset(partition), epoch, at, committed, cells));
    sent.add(record);
    return record;
  }

  private void commit(Sent... records) {
    transactions.add(List.of(records));
    tsMs += random.nextInt(3);
  }

  private long nextLsn() {
    lsn += 1 + random.nextInt(5);
    return lsn;
  }

  private long nextOffset(int partition) {
    long offset = ends.get(partition);
    ends.set(partition, offset + 1);
    return offset;
  }

  /** With another number of partitions some keys move. */
  private int partition(long key) {
    return spread && key % 2 == 1 ? 1 - home : home;
  }

  private long key() {
    return random.nextInt(KEYS);
  }

  private String text() {
    return "text " + random.nextInt(1_000);
  }
}
