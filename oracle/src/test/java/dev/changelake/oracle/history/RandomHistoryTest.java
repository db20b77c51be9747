package dev.changelake.oracle.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.oracle.LogRecord;
import dev.changelake.oracle.Oracle;
import dev.changelake.oracle.OracleLedger;
import dev.changelake.oracle.OracleState;
import dev.changelake.oracle.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole histories against the oracle: its sums hold, and everything that can happen happens. */
class RandomHistoryTest {

  private static final List<String> TABLES =
      List.of("companies", "customers", "products", "orders", "weblogs");

  private static List<OracleLedger> run(RandomHistory history, Oracle oracle, int batches) {
    return run(history, oracle, batches, new InMemoryLog(3));
  }

  private static List<OracleLedger> run(
      RandomHistory history, Oracle oracle, int batches, InMemoryLog log) {
    List<OracleLedger> ledgers = new ArrayList<>();
    for (int n = 1; n <= batches; n++) {
      List<LogRecord> batch = log.append(history.nextBatch());
      oracle.apply(n, batch);
      TABLES.forEach(table -> ledgers.add(oracle.ledger(table)));
      assertThat(TABLES.stream().mapToLong(table -> oracle.ledger(table).landed()).sum())
          .isEqualTo(batch.size());
    }
    for (String table : TABLES) {
      List<OracleLedger> own = ledgers.stream().filter(l -> l.table().equals(table)).toList();
      assertThat(own.stream().mapToLong(l -> l.inserted() - l.deleted()).sum())
          .as("rows of " + table)
          .isEqualTo(oracle.rows(table).size());
    }
    return ledgers;
  }

  private static String show(OutRecord record) {
    return record.topic() + text(record.key()) + text(record.value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? " null" : " " + new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void the_same_seed_tells_the_same_history() {
    RandomHistory one = new RandomHistory(5);
    RandomHistory other = new RandomHistory(5);

    for (int i = 0; i < 20; i++) {
      List<OutRecord> batch = one.nextBatch();
      List<OutRecord> same = other.nextBatch();
      assertThat(same.stream().map(RandomHistoryTest::show).toList())
          .isEqualTo(batch.stream().map(RandomHistoryTest::show).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everything_happens_in_a_wild_history(long seed) {
    Oracle oracle = new Oracle();

    List<OracleLedger> ledgers = run(new RandomHistory(seed), oracle, 150);

    Map<String, ToLongFunction<OracleLedger>> counts = new HashMap<>();
    counts.put("superseded", OracleLedger::superseded);
    counts.put("replays", OracleLedger::replays);
    counts.put("tombstones", OracleLedger::tombstones);
    counts.put("control", OracleLedger::control);
    counts.put("conflicts", OracleLedger::conflicts);
    counts.put("unresolved", OracleLedger::unresolved);
    counts.put("filtered", OracleLedger::filtered);
    counts.put("inserted", OracleLedger::inserted);
    counts.put("updated", OracleLedger::updated);
    counts.put("deleted", OracleLedger::deleted);
    counts.put("withoutEffect", OracleLedger::withoutEffect);
    counts.put("moved", OracleLedger::moved);
    counts.put("overtaken", OracleLedger::overtaken);
    counts.forEach(
        (name, count) -> assertThat(ledgers.stream().mapToLong(count).sum()).as(name).isPositive());
    for (String table : TABLES) {
      assertThat(ledgers.stream().filter(l -> l.table().equals(table)))
          .as(table)
          .anyMatch(ledger -> ledger.inserted() > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void tables_are_truncated_in_histories_of_one_partition(long seed) {
    HistoryRates rates = HistoryRates.wild().withTruncate(0.06);

    List<OracleLedger> ledgers =
        run(new RandomHistory(seed, rates), new Oracle(), 150, new InMemoryLog(1));

    for (String table : List.of("companies", "customers", "products", "orders")) {
      assertThat(ledgers.stream().filter(l -> l.table().equals(table)))
          .as(table)
          .anyMatch(ledger -> ledger.truncated() > ledger.withoutEffect());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void values_that_are_left_out_are_found_again(long seed) {
    HistoryRates rates = HistoryRates.calm().withLeftOut(0.6).withTruncate(0.02);
    RandomHistory history = new RandomHistory(seed, rates);
    Oracle oracle = new Oracle();

    List<OracleLedger> ledgers = run(history, oracle, 60, new InMemoryLog(1));

    assertThat(ledgers).allSatisfy(ledger -> assertThat(ledger.unresolved()).isZero());
    for (SourceTable table :
        List.of(SourceTable.COMPANIES, SourceTable.CUSTOMERS, SourceTable.PRODUCTS)) {
      Map<String, Map<String, Object>> live = new TreeMap<>();
      for (List<Object> key : history.platform().keys(table)) {
        live.put(String.valueOf(key.get(0)), history.platform().row(table, key));
      }
      assertThat(values(oracle.rows(table.table()))).as(table.table()).isEqualTo(live);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_calm_history_is_applied_whole(long seed) {
    List<OracleLedger> ledgers =
        run(new RandomHistory(seed, HistoryRates.calm()), new Oracle(), 60);

    assertThat(ledgers)
        .allSatisfy(ledger -> assertThat(ledger.quarantined()).isZero())
        .filteredOn(ledger -> !ledger.table().equals("weblogs"))
        .allSatisfy(ledger -> assertThat(ledger.replays()).isZero());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void replaying_the_whole_log_at_its_end_changes_no_values(long seed) {
    HistoryRates noRepetition = new HistoryRates(40, 8, 0.05, 0.2, 0, 0, 0, 0, 0, 0, 0, 0);
    RandomHistory history = new RandomHistory(seed, noRepetition);
    InMemoryLog log = new InMemoryLog(2);
    Oracle oracle = new Oracle();
    List<OutRecord> all = new ArrayList<>();
    for (int n = 1; n <= 30; n++) {
      List<OutRecord> batch = history.nextBatch();
      all.addAll(batch);
      oracle.apply(n, log.append(batch));
    }
    OracleState before = oracle.state();

    oracle.apply(31, log.append(all));

    for (String table : List.of("companies", "customers", "products", "weblogs")) {
      assertThat(values(oracle.rows(table))).as(table).isEqualTo(values(before.rows(table)));
    }
  }

  /** The rows without the columns that say where they come from. */
  private static Map<String, Map<String, Object>> values(
      Map<String, SortedMap<String, Object>> rows) {
    Map<String, Map<String, Object>> values = new TreeMap<>();
    rows.forEach(
        (key, cells) -> {
          Map<String, Object> own = new TreeMap<>(cells);
          own.keySet().removeIf(column -> column.startsWith("_"));
          values.put(key, own);
        });
    return values;
  }

  @Test
  void a_key_never_changes_its_partition() {
    RandomHistory history = new RandomHistory(21, HistoryRates.wild().withGarbage(0));
    Map<SourceTable, Set<Boolean>> forms = new HashMap<>();

    for (int i = 0; i < 60; i++) {
      for (OutRecord record : history.nextBatch()) {
        boolean inline = text(record.key()).startsWith(" {\"schema\"");
        forms
            .computeIfAbsent(SourceTable.ofTopic(record.topic()), any -> new HashSet<>())
            .add(inline);
      }
    }

    assertThat(forms).hasSize(SourceTable.values().length);
    assertThat(forms.values()).allSatisfy(form -> assertThat(form).hasSize(1));
  }

  @Test
  void every_kind_of_garbage_is_refused_where_it_can_be() {
    for (Garbage.Kind kind : Garbage.Kind.values()) {
      Random random = new Random(kind.ordinal());
      Platform platform = new Platform(random, HistoryRates.wild());
      Emitter emitter = new Emitter(random);
      Garbage garbage = new Garbage(random, platform, emitter);
      SourceClock clock = new SourceClock(random, 0);
      for (int i = 0; i < 40; i++) {
        garbage.emit(kind, SourceTable.PRODUCTS, clock.next());
        garbage.emit(kind, SourceTable.LEADS, clock.next());
      }
      Oracle oracle = new Oracle();

      oracle.apply(1, new InMemoryLog(2).append(emitter.take(0)));

      long refused = TABLES.stream().mapToLong(t -> oracle.ledger(t).quarantined()).sum();
      long control = TABLES.stream().mapToLong(t -> oracle.ledger(t).control()).sum();
      assertThat(kind == Garbage.Kind.MESSAGE ? control : refused).as(kind.name()).isEqualTo(80);
    }
  }

  @Test
  void good_records_are_changes_in_either_form() {
    List<String> unexpected = new ArrayList<>();
    InMemoryLog log = new InMemoryLog(2);
    Oracle oracle = new Oracle();
    RandomHistory history = new RandomHistory(31, HistoryRates.wild().withGarbage(0));
    for (int n = 1; n <= 100; n++) {
      oracle.apply(n, log.append(history.nextBatch()));
      for (String table : TABLES) {
        oracle
            .state()
            .quarantined(table)
            .forEach(
                (place, reason) -> {
                  if (!List.of(Oracle.SOURCE_CONFLICT, Oracle.UNRESOLVED).contains(reason)) {
                    unexpected.add(place + " " + reason);
                  }
                });
      }
    }

    assertThat(unexpected).isEmpty();
  }
}
