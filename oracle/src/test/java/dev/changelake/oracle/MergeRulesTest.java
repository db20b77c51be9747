package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules of a table that follows one source, by hand. */
class MergeRulesTest {

  private final Oracle oracle = new Oracle();
  private final Records log = new Records();

  private OracleLedger apply(long n) {
    return oracle.apply(n, log.take()).ledger("companies");
  }

  private static Map<String, Object> company(long id, String name, long offset, Long lsn, long n) {
    Map<String, Object> cells = new TreeMap<>();
    cells.put("company_id", id);
    cells.put("company_name", name);
    cells.put("_topic", "b2b.public.companies");
    cells.put("_partition", 0);
    cells.put("_offset", offset);
    cells.put("_lsn", lsn);
    cells.put("_source_ts_ms", null);
    cells.put("_unavailable", null);
    cells.put("_n", n);
    return cells;
  }

  private void assertRows(Map<String, Map<String, Object>> rows) {
    assertThat(oracle.rows("companies")).isEqualTo(new TreeMap<>(rows));
  }

  @Test
  void the_last_record_of_a_key_wins() {
    log.company("c", 7, 10L, "A").company("u", 7, 11L, "B").company("r", 8, 11L, "C");

    OracleLedger ledger = apply(1);

    assertRows(Map.of("7", company(7, "B", 1, 11L, 1), "8", company(8, "C", 2, 11L, 1)));
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("companies", 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void a_delete_with_its_tombstone_removes_the_row_once() {
    log.company("c", 7, 10L, "A");
    apply(1);
    log.company("d", 7, 11L, "").companyTombstone(7);

    OracleLedger ledger = apply(2);

    assertRows(Map.of());
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("companies", 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void insert_after_delete_in_one_batch_leaves_the_row() {
    log.company("c", 7, 10L, "A").company("d", 7, 11L, "").companyTombstone(7);
    log.company("c", 7, 12L, "B").company("d", 7, 13L, "").companyTombstone(7);
    log.company("c", 7, 14L, "C");

    OracleLedger ledger = apply(1);

    assertRows(Map.of("7", company(7, "C", 6, 14L, 1)));
    assertThat(ledger.superseded()).isEqualTo(4);
    assertThat(ledger.tombstones()).isEqualTo(2);
  }

  @Test
  void a_replay_changes_nothing_and_the_guard_outlives_the_delete() {
    log.company("c", 7, 10L, "A").company("d", 7, 20L, "").companyTombstone(7);
    apply(1);
    log.company("c", 7, 10L, "A").company("u", 7, 19L, "B");

    OracleLedger ledger = apply(2);

    assertRows(Map.of());
    assertThat(ledger.replays()).isEqualTo(2);
    assertThat(ledger.winners()).isZero();
  }

  @Test
  void an_equal_lsn_and_no_lsn_are_accepted_and_the_row_shows_the_guard() {
    log.company("c", 7, 10L, "A");
    apply(1);
    log.company("u", 7, 10L, "B").company("r", 7, null, "C");

    OracleLedger ledger = apply(2);

    assertRows(Map.of("7", company(7, "C", 2, 10L, 2)));
    assertThat(ledger.superseded()).isEqualTo(1);
    assertThat(ledger.updated()).isEqualTo(1);
  }

  @Test
  void a_row_without_any_lsn_shows_none() {
    log.company("r", 7, null, "A");

    apply(1);

    assertRows(Map.of("7", company(7, "A", 0, null, 1)));
  }

  @Test
  void a_row_shows_the_time_of_its_last_record_and_the_greatest_lsn() {
    log.at(1000).company("c", 7, 10L, "A").at(2000).company("r", 7, null, "B");

    apply(1);

    assertThat(oracle.rows("companies").get("7"))
        .containsEntry("_lsn", 10L)
        .containsEntry("_source_ts_ms", 2000L)
        .containsEntry("_unavailable", null);
  }

  @Test
  void a_smaller_lsn_of_the_same_time_is_a_replay() {
    log.at(1000).company("c", 7, 10L, "A").company("u", 7, 11L, "B");
    apply(1);
    log.company("c", 7, 10L, "A");

    OracleLedger ledger = apply(2);

    assertThat(ledger.replays()).isEqualTo(1);
  }

  @Test
  void a_smaller_lsn_of_a_later_time_fell_back() {
    log.at(1000).company("c", 7, 10L, "A");
    apply(1);
    log.company("u", 7, 12L, "B").at(1001).company("u", 7, 11L, "C");

    assertThatThrownBy(() -> apply(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The log position fell back at b2b.public.companies-0@2");
  }

  @Test
  void a_smaller_lsn_than_a_deleted_rows_of_a_later_time_fell_back() {
    log.at(1000).company("c", 7, 10L, "A").company("d", 7, 20L, "");
    apply(1);
    log.at(2000).company("c", 7, 11L, "B");

    assertThatThrownBy(() -> apply(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The log position fell back at b2b.public.companies-0@2");
  }

  @Test
  void a_record_without_position_and_time_takes_no_time_away() {
    log.at(1000).company("c", 7, 10L, "A").company("d", 7, 20L, "").company("c", 8, 21L, "X");
    apply(1);
    log.companyTombstone(7);
    apply(2);
    log.at(1000).company("c", 7, 11L, "B");

    OracleLedger ledger = apply(3);

    assertThat(ledger.replays()).isEqualTo(1);
  }

  @Test
  void a_tombstone_whose_delete_is_gone_deletes() {
    log.company("c", 7, 10L, "A");
    apply(1);
    log.companyTombstone(7).companyTombstone(8);

    OracleLedger ledger = apply(2);

    assertRows(Map.of());
    assertThat(ledger.tombstones()).isZero();
    assertThat(ledger.deleted()).isEqualTo(1);
    assertThat(ledger.withoutEffect()).isEqualTo(1);
  }

  @Test
  void a_tombstone_is_paired_over_the_batch_boundary_when_it_follows_directly() {
    log.company("c", 7, 10L, "A").company("d", 7, 11L, "");
    apply(1);
    log.companyTombstone(7).company("c", 7, 12L, "B");

    OracleLedger ledger = apply(2);

    assertRows(Map.of("7", company(7, "B", 3, 12L, 2)));
    assertThat(ledger.tombstones()).isEqualTo(1);
    assertThat(ledger.superseded()).isZero();
  }

  @Test
  void a_tombstone_is_not_paired_over_the_batch_boundary_with_a_record_between() {
    log.company("d", 7, 11L, "");
    apply(1);
    log.company("c", 9, 12L, "X").companyTombstone(7);

    OracleLedger ledger = apply(2);

    assertThat(ledger.tombstones()).isZero();
    assertThat(ledger.withoutEffect()).isEqualTo(1);
  }

  @Test
  void a_replayed_delete_still_pairs_its_tombstone() {
    log.company("d", 7, 11L, "").companyTombstone(7).company("c", 7, 12L, "B");
    apply(1);
    log.company("d", 7, 11L, "").company("c", 9, 13L, "X").companyTombstone(7);

    OracleLedger ledger = apply(2);

    assertThat(oracle.rows("companies")).containsOnlyKeys("7", "9");
    assertThat(ledger.replays()).isEqualTo(1);
    assertThat(ledger.tombstones()).isEqualTo(1);
  }

  @Test
  void quarantined_records_neither_pair_nor_win() {
    log.company("c", 7, 10L, "A").company("d", 7, 11L, "");
    log.raw("companies", Records.companyKey(7), "garbage").companyTombstone(7);
    log.change("companies", "u", Records.companyKey(7), 99L, "{\"company_id\":7}");
    log.change("companies", "m", "{\"prefix\":\"x\"}", 99L, "null");
    log.company("c", 7, 12L, "B");

    OracleLedger ledger = apply(1);

    assertRows(Map.of("7", company(7, "B", 6, 12L, 1)));
    assertThat(ledger.quarantined()).isEqualTo(2);
    assertThat(ledger.control()).isEqualTo(1);
    assertThat(ledger.tombstones()).isEqualTo(1);
    assertThat(oracle.state().quarantined("companies"))
        .containsOnlyKeys("b2b.public.companies-0@2", "b2b.public.companies-0@4");
  }

  @Test
  void records_come_in_any_order_and_only_once() {
    log.company("c", 7, 10L, "A").company("u", 7, 11L, "B");
    List<LogRecord> batch = log.take();

    oracle.apply(1, List.of(batch.get(1), batch.get(0)));

    assertRows(Map.of("7", company(7, "B", 1, 11L, 1)));
    assertThatThrownBy(() -> oracle.apply(2, batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Applied before: b2b.public.companies-0@0");
  }
}
