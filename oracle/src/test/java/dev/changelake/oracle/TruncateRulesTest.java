package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a truncate does to the keys of its source, by hand. */
class TruncateRulesTest {

  private final Oracle oracle = new Oracle();
  private final Records log = new Records();

  private OracleLedger apply(long n, String table) {
    return oracle.apply(n, log.take()).ledger(table);
  }

  @Test
  void a_truncate_empties_its_own_table() {
    log.company("c", 7, 10L, "A").company("c", 8, 11L, "B").product("c", 1, 12L, "P", "EUR");
    apply(1, "companies");
    log.truncate("companies", 13L);

    OracleLedger ledger = apply(2, "companies");

    assertThat(oracle.rows("companies")).isEmpty();
    assertThat(oracle.rows("products")).containsOnlyKeys("1");
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("companies", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2));
  }

  @Test
  void records_before_a_truncate_are_superseded_and_those_after_it_stand() {
    log.company("c", 7, 10L, "A").company("c", 8, 11L, "B");
    log.truncate("companies", 12L).company("c", 7, 13L, "C");

    OracleLedger ledger = apply(1, "companies");

    assertThat(oracle.rows("companies")).containsOnlyKeys("7");
    assertThat(oracle.rows("companies").get("7")).containsEntry("company_name", "C");
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("companies", 4, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1));
  }

  @Test
  void a_truncate_below_a_keys_guard_leaves_the_key() {
    log.company("c", 7, 10L, "A").company("r", 8, null, "B");
    apply(1, "companies");
    log.truncate("companies", 9L);

    OracleLedger ledger = apply(2, "companies");

    assertThat(oracle.rows("companies")).containsOnlyKeys("7");
    assertThat(ledger.truncated()).isEqualTo(1);
    assertThat(ledger.replays()).isZero();
  }

  @Test
  void the_guard_outlives_the_truncate() {
    log.company("c", 7, 10L, "A");
    apply(1, "companies");
    log.truncate("companies", 20L);
    apply(2, "companies");
    log.company("u", 7, 19L, "B").company("c", 8, 19L, "B");

    OracleLedger ledger = apply(3, "companies");

    assertThat(oracle.rows("companies")).containsOnlyKeys("8");
    assertThat(ledger.replays()).isEqualTo(1);
  }

  @Test
  void a_truncate_does_not_part_a_delete_from_its_tombstone() {
    log.company("c", 7, 10L, "A").company("d", 7, 11L, "");
    log.truncate("companies", 12L).companyTombstone(7);

    OracleLedger ledger = apply(1, "companies");

    assertThat(ledger.tombstones()).isEqualTo(1);
    assertThat(ledger.superseded()).isEqualTo(2);
    assertThat(ledger.truncated()).isEqualTo(1);
    assertThat(ledger.withoutEffect()).isEqualTo(1);
  }

  @Test
  void a_truncate_of_a_feed_takes_its_orders_alone_and_hands_them_over() {
    log.lead("c", 7, 10L, true, 5L).lead("c", 8, 11L, true, 8L).companyOrder("c", 6, 12L);
    apply(1, "orders");
    log.truncate("leads", 13L).companyOrder("c", 5, 14L);

    OracleLedger ledger = apply(2, "orders");

    assertThat(oracle.rows("orders")).containsOnlyKeys("5", "6");
    assertThat(oracle.rows("orders").get("5")).containsEntry("_source", "company_orders");
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("orders", 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 2));
  }
}
