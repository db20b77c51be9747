package dev.changelake.compact.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.order.ModelDatabase.Sent;
import dev.changelake.contract.UnavailablePolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever the connector sends and wherever a batch is cut, the table is the model's. */
class RandomOrderTest {
  private static final int HISTORIES = Integer.getInteger("order.histories", 3_000);
  private static final int BATCHES = 8;

  private final NewestState rule =
      new NewestState(Changes.COLUMNS, Set.of(0, 1, 2), UnavailablePolicy.QUARANTINE, Set.of());

  @Test
  void tableIsTheModelAfterEachBatch() {
    long seed = Long.getLong("order.seed", System.nanoTime());
    System.out.println("RandomOrderTest seed " + seed);
    for (int history = 0; history < HISTORIES; history++) {
      run(seed + history);
    }
  }

  private void run(long seed) {
    Random random = new Random(seed);
    ModelDatabase database = new ModelDatabase(random);
    Map<Long, StoredKey> table = new TreeMap<>();
    Map<Integer, Sent> lastOfPartition = new HashMap<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      int steps = random.nextInt(12);
      for (int i = 0; i < steps; i++) {
        database.step();
      }
      fold(database.take(), table, lastOfPartition, "seed %d, batch %d".formatted(seed, batch));
      assertThat(rows(table)).as("seed %d, batch %d", seed, batch).isEqualTo(database.rows());
    }
  }

  private void fold(
      List<Sent> sent, Map<Long, StoredKey> table, Map<Integer, Sent> last, String what) {
    Map<Long, List<KeyChange>> byKey = new TreeMap<>();
    Map<Integer, Boolean> begun = new HashMap<>();
    for (Sent record : sent) {
      KeyChange change = record.change();
      int partition = change.place().partition();
      Sent before = last.put(partition, record);
      boolean paired =
          begun.putIfAbsent(partition, true) == null
              && before != null
              && before.key() == record.key()
              && change.kind() == ChangeKind.TOMBSTONE
              && before.change().kind() == ChangeKind.DELETE;
      byKey
          .computeIfAbsent(record.key(), key -> new ArrayList<>())
          .add(paired ? change.paired() : change);
    }
    follow(sent, byKey, table);
    byKey.forEach((key, changes) -> table.put(key, fold(key, changes, table, what)));
  }

  /** Gives inserts of changed keys what the other key's row had, until nothing more is known. */
  private void follow(
      List<Sent> sent, Map<Long, List<KeyChange>> byKey, Map<Long, StoredKey> table) {
    boolean more = true;
    while (more) {
      more = false;
      for (Sent moved : sent) {
        List<KeyChange> changes = byKey.get(moved.key());
        for (int i = 0; moved.from() != null && i < changes.size(); i++) {
          KeyChange insert = changes.get(i);
          if (insert.place().equals(moved.change().place())
              && !insert.image().unknown().isEmpty()) {
            Optional<KeyChange> filled = filled(insert, before(moved, byKey, table));
            filled.ifPresent(change -> changes.set(changes.indexOf(insert), change));
            more |= filled.isPresent();
          }
        }
      }
    }
  }

  private Optional<RowBefore> before(
      Sent moved, Map<Long, List<KeyChange>> byKey, Map<Long, StoredKey> table) {
    List<KeyChange> changes = ordered(byKey.getOrDefault(moved.from(), List.of()));
    return rule
        .beforeDeletes(
            table.getOrDefault(moved.from(), StoredKey.NONE), changes.iterator(), several(changes))
        .stream()
        .filter(row -> row.epoch() == moved.change().epoch() && row.lsn() == moved.change().lsn())
        .findFirst();
  }

  private static Optional<KeyChange> filled(KeyChange insert, Optional<RowBefore> before) {
    return before
        .map(RowBefore::row)
        .filter(row -> row.unknown().isEmpty())
        .map(
            row -> {
              Object[] cells = insert.image().cells().clone();
              insert.image().unknown().forEach(i -> cells[i] = row.cells()[i]);
              return new KeyChange(
                  insert.kind(),
                  insert.place(),
                  insert.epoch(),
                  insert.lsn(),
                  insert.tsMs(),
                  insert.pairedBefore(),
                  insert.again(),
                  Image.of(cells));
            });
  }

  private static List<KeyChange> ordered(List<KeyChange> changes) {
    List<KeyChange> ordered = new ArrayList<>(changes);
    ordered.sort(
        Comparator.comparingInt((KeyChange change) -> change.place().partition())
            .thenComparingLong(change -> change.place().offset()));
    return ordered;
  }

  private static boolean several(List<KeyChange> changes) {
    return changes.stream().map(change -> change.place().partition()).distinct().count() > 1;
  }

  private StoredKey fold(
      Long key, List<KeyChange> changes, Map<Long, StoredKey> table, String what) {
    List<KeyChange> ordered = ordered(changes);
    StoredKey before = table.getOrDefault(key, StoredKey.NONE);
    KeyResult result = rule.fold(before, ordered.iterator(), several(ordered));
    KeyCounts counts = result.counts();
    assertThat(counts.stoppedAt()).as(what).isEmpty();
    assertThat(counts.unresolved()).as(what).isZero();
    long counted = changes.stream().filter(KeyChange::isOfKeyAlone).count();
    long winners = result.winner().filter(KeyChange::isOfKeyAlone).isPresent() ? 1 : 0;
    assertThat(winners + counts.superseded() + counts.replays() + counts.tombstones())
        .as(what)
        .isEqualTo(counted);
    return result
        .winner()
        .map(
            winner ->
                new StoredKey(
                    winner.epoch(),
                    result.lsn(),
                    result.tsMs(),
                    result.row().isPresent(),
                    result.row().orElse(null),
                    false,
                    Optional.of(winner.place())))
        .orElse(before);
  }

  private static Map<Long, List<Object>> rows(Map<Long, StoredKey> table) {
    Map<Long, List<Object>> rows = new TreeMap<>();
    table.forEach(
        (key, stored) -> {
          if (stored.hasRow()) {
            rows.put(key, Arrays.asList(stored.row().cells()));
          }
        });
    return rows;
  }
}
