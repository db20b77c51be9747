package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of the table with three sources, by hand. */
class OrdersRulesTest {

  private final Oracle oracle = new Oracle();
  private final Records log = new Records();

  private OracleLedger apply(long n) {
    return oracle.apply(n, log.take()).ledger("orders");
  }

  /** The owner of every order. */
  private Map<String, String> owners() {
    return oracle.rows("orders").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                row -> row.getValue().get("_source") + " " + row.getValue().get("_source_key")));
  }

  private static String lead(long id) {
    return "leads {\"crm_lead_id\":%d}".formatted(id);
  }

  private static String companyOrder(long id) {
    return "company_orders {\"order_id\":%d}".formatted(id);
  }

  private static OracleLedger ledger(
      long landed,
      long winners,
      long conflicts,
      long filtered,
      long inserted,
      long updated,
      long deleted,
      long withoutEffect,
      long moved,
      long overtaken) {
    return new OracleLedger(
        "orders",
        landed,
        winners,
        0,
        0,
        0,
        0,
        0,
        0,
        conflicts,
        0,
        filtered,
        inserted,
        updated,
        deleted,
        withoutEffect,
        moved,
        overtaken,
        0);
  }

  @Test
  void a_sold_lead_is_an_order() {
    log.lead("c", 7, 10L, true, 5L);

    OracleLedger ledger = apply(1);

    Map<String, Object> expected = new TreeMap<>();
    expected.put("order_id", 5L);
    expected.put("prod_id", 1L);
    expected.put("customer_id", 3L);
    expected.put("prod_quote_price", new BigDecimal("10.32"));
    expected.put("is_lead_sale", true);
    expected.put("crm_lead_id", 7L);
    expected.put("company_id", 4L);
    expected.put("created_date", Instant.parse("2026-01-02T03:04:05.000006Z"));
    expected.put("_source", "leads");
    expected.put("_source_key", "{\"crm_lead_id\":7}");
    expected.put("_topic", "b2b.public.leads");
    expected.put("_partition", 0);
    expected.put("_offset", 0L);
    expected.put("_lsn", 10L);
    expected.put("_source_ts_ms", null);
    expected.put("_unavailable", null);
    expected.put("_n", 1L);
    assertThat(oracle.rows("orders")).isEqualTo(Map.of("5", expected));
    assertThat(ledger).isEqualTo(ledger(1, 1, 0, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void a_company_order_and_an_own_order_are_orders() {
    log.companyOrder("c", 5, 10L).order("c", 6, 11L);

    OracleLedger ledger = apply(1);

    assertThat(owners()).isEqualTo(Map.of("5", companyOrder(5), "6", "orders {\"order_id\":6}"));
    assertThat(oracle.rows("orders").get("5"))
        .containsEntry("is_lead_sale", false)
        .containsEntry("crm_lead_id", null)
        .containsEntry("prod_quote_price", new BigDecimal("1.50"))
        .containsEntry("created_date", Instant.parse("2026-01-02T03:04:05Z"))
        .doesNotContainKeys("quote_value", "supplier_id");
    assertThat(ledger).isEqualTo(ledger(2, 2, 0, 0, 2, 0, 0, 0, 0, 0));
  }

  @Test
  void leads_that_are_no_sale_or_have_no_order_are_filtered() {
    log.lead("c", 7, 10L, false, 5L).lead("c", 8, 10L, true, null).lead("d", 9, 11L, true, null);

    OracleLedger ledger = apply(1);

    assertThat(owners()).isEmpty();
    assertThat(ledger).isEqualTo(ledger(3, 1, 0, 2, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void an_unsold_lead_takes_its_order_away_and_can_bring_it_back() {
    log.lead("c", 7, 10L, true, 5L);
    apply(1);
    log.lead("u", 7, 11L, false, 5L);
    OracleLedger unsold = apply(2);
    assertThat(owners()).isEmpty();
    assertThat(unsold).isEqualTo(ledger(1, 1, 0, 0, 0, 0, 1, 0, 0, 0));
    log.lead("u", 7, 12L, true, 5L);

    apply(3);

    assertThat(owners()).isEqualTo(Map.of("5", lead(7)));
  }

  @Test
  void a_lead_that_changes_its_order_id_releases_the_old_one() {
    log.lead("c", 7, 10L, true, 5L);
    apply(1);
    log.lead("u", 7, 11L, true, 6L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("6", lead(7)));
    assertThat(ledger).isEqualTo(ledger(1, 1, 0, 0, 1, 0, 1, 0, 1, 0));
  }

  @Test
  void leads_swap_their_orders() {
    log.lead("c", 7, 10L, true, 5L).lead("c", 8, 11L, true, 6L);
    apply(1);
    log.lead("u", 7, 12L, true, 6L).lead("u", 8, 13L, true, 5L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("5", lead(8), "6", lead(7)));
    assertThat(ledger).isEqualTo(ledger(2, 2, 0, 0, 0, 2, 0, 0, 0, 0));
  }

  @Test
  void an_order_is_handed_over_when_its_lead_leaves_it_in_the_same_batch() {
    log.lead("c", 7, 10L, true, 5L);
    apply(1);
    log.lead("d", 7, 11L, true, null).companyOrder("c", 5, 12L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("5", companyOrder(5)));
    assertThat(ledger).isEqualTo(ledger(2, 2, 0, 0, 0, 1, 0, 0, 0, 1));
  }

  @Test
  void a_claim_on_an_owned_order_is_a_conflict_and_leaves_the_claimants_old_row() {
    log.companyOrder("c", 5, 10L).lead("c", 7, 11L, true, 6L);
    apply(1);
    log.lead("u", 7, 12L, true, 5L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("5", companyOrder(5), "6", lead(7)));
    assertThat(oracle.rows("orders").get("6")).containsEntry("_n", 1L);
    assertThat(ledger).isEqualTo(ledger(1, 0, 1, 0, 0, 0, 0, 0, 0, 0));
    assertThat(oracle.state().quarantined("orders"))
        .isEqualTo(Map.of("b2b.public.leads-0@1", "source_conflict"));
  }

  @Test
  void the_guard_of_a_conflict_stays_where_it_was() {
    log.companyOrder("c", 5, 10L).lead("c", 7, 11L, true, 6L);
    apply(1);
    log.lead("u", 7, 90L, true, 5L);
    apply(2);
    log.lead("u", 7, 12L, true, 8L);

    OracleLedger ledger = apply(3);

    assertThat(owners()).containsOnlyKeys("5", "8");
    assertThat(ledger.replays()).isZero();
  }

  @Test
  void two_claims_on_a_free_order_both_fall() {
    log.lead("c", 7, 10L, true, 5L).companyOrder("c", 5, 11L).order("c", 6, 12L);

    OracleLedger ledger = apply(1);

    assertThat(owners()).isEqualTo(Map.of("6", "orders {\"order_id\":6}"));
    assertThat(ledger).isEqualTo(ledger(3, 1, 2, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void the_owner_keeps_its_order_against_others_of_the_same_batch() {
    log.lead("c", 7, 10L, true, 5L);
    apply(1);
    log.lead("u", 7, 12L, true, 5L).companyOrder("c", 5, 11L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("5", lead(7)));
    assertThat(oracle.rows("orders").get("5")).containsEntry("_n", 2L);
    assertThat(ledger).isEqualTo(ledger(2, 1, 1, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void a_conflict_makes_those_fall_who_counted_on_its_release() {
    log.companyOrder("c", 1, 10L).lead("c", 2, 11L, true, 2L).lead("c", 3, 12L, true, 3L);
    apply(1);
    log.lead("u", 2, 13L, true, 1L).lead("u", 3, 14L, true, 2L).lead("c", 4, 15L, true, 3L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("1", companyOrder(1), "2", lead(2), "3", lead(3)));
    assertThat(ledger).isEqualTo(ledger(3, 0, 3, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void the_same_chain_stands_when_its_end_is_released() {
    log.companyOrder("c", 1, 10L).lead("c", 2, 11L, true, 2L).lead("c", 3, 12L, true, 3L);
    apply(1);
    log.lead("u", 2, 13L, true, 1L).lead("u", 3, 14L, true, 2L).companyOrder("d", 1, 15L);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("1", lead(2), "2", lead(3)));
    assertThat(ledger).isEqualTo(ledger(3, 3, 0, 0, 0, 2, 1, 0, 1, 1));
  }

  @Test
  void a_delete_does_not_touch_an_order_of_another_source() {
    log.lead("c", 7, 10L, true, 5L);
    apply(1);
    log.order("d", 5, 11L).raw("company_orders", "{\"order_id\":5}", null);

    OracleLedger ledger = apply(2);

    assertThat(owners()).isEqualTo(Map.of("5", lead(7)));
    assertThat(ledger).isEqualTo(ledger(2, 2, 0, 0, 0, 0, 0, 2, 0, 0));
  }
}
