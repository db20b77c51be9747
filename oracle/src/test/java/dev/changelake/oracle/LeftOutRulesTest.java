package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the values come from that updates leave out, by hand. */
class LeftOutRulesTest {

  private static final String LEFT_OUT = "__debezium_unavailable_value";

  private final Oracle oracle = new Oracle();
  private final Records log = new Records();

  private OracleLedger apply(long n, String table) {
    return oracle.apply(n, log.take()).ledger(table);
  }

  private void assertProduct(String name, String currency, long offset) {
    assertThat(oracle.rows("products")).containsOnlyKeys("1");
    assertThat(oracle.rows("products").get("1"))
        .containsEntry("prod_name", name)
        .containsEntry("prod_currency_code", currency)
        .containsEntry("prod_unit_price", new BigDecimal("1.50"))
        .containsEntry("_offset", offset)
        .containsEntry("_unavailable", null);
  }

  private Records garbage(String key) {
    return log.raw("products", key, "garbage");
  }

  private Records lead(
      String op, long lsn, String sold, String orderId, String price, String quote) {
    String after =
        ("{\"crm_lead_id\":7,\"prod_id\":1,\"prod_quote_price\":%s,\"quote_value\":%s,"
                + "\"is_lead_sale\":%s,\"order_id\":%s,\"customer_id\":3,\"company_id\":4,"
                + "\"created_date\":\"2026-01-02T03:04:05Z\"}")
            .formatted(price, quote, sold, orderId);
    return log.change("leads", op, "{\"crm_lead_id\":7}", lsn, after);
  }

  @Test
  void a_value_that_is_left_out_is_that_of_the_row() {
    log.product("c", 1, 10L, "A", "EUR");
    apply(1, "products");
    log.product("u", 1, 11L, LEFT_OUT, "USD").product("u", 1, 12L, "B", LEFT_OUT);

    OracleLedger ledger = apply(2, "products");

    assertProduct("B", "USD", 2);
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("products", 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void records_of_one_batch_complete_each_other() {
    log.product("c", 1, 10L, "A", "EUR").product("u", 1, 11L, "B", LEFT_OUT);
    log.product("u", 1, 12L, LEFT_OUT, LEFT_OUT);

    apply(1, "products");

    assertProduct("B", "EUR", 2);
  }

  @Test
  void an_update_of_what_nobody_knows_is_not_applied() {
    log.product("u", 1, 10L, "A", LEFT_OUT);

    OracleLedger ledger = apply(1, "products");

    assertThat(oracle.rows("products")).isEmpty();
    assertThat(oracle.state().quarantined("products"))
        .isEqualTo(Map.of("b2b.public.products-0@0", Oracle.UNRESOLVED));
    assertThat(ledger)
        .isEqualTo(
            new OracleLedger("products", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void what_an_insert_leaves_out_was_anothers_and_is_not_that_of_the_row() {
    log.product("c", 1, 10L, "A", "EUR");
    apply(1, "products");
    log.product("c", 1, 11L, "B", LEFT_OUT);

    OracleLedger ledger = apply(2, "products");

    assertProduct("A", "EUR", 0);
    assertThat(ledger.unresolved()).isEqualTo(1);
  }

  @Test
  void what_an_unresolved_update_shows_is_known_to_later_ones_of_its_batch() {
    log.product("u", 1, 10L, "A", LEFT_OUT).product("u", 1, 11L, LEFT_OUT, "EUR");

    OracleLedger ledger = apply(1, "products");

    assertProduct("A", "EUR", 1);
    assertThat(ledger.unresolved()).isEqualTo(1);
    assertThat(ledger.inserted()).isEqualTo(1);
  }

  @Test
  void what_an_unresolved_update_shows_is_not_known_to_the_next_batch() {
    log.product("u", 1, 10L, "A", LEFT_OUT);
    apply(1, "products");
    log.product("u", 1, 11L, LEFT_OUT, "EUR");

    OracleLedger ledger = apply(2, "products");

    assertThat(ledger.unresolved()).isEqualTo(1);
  }

  @Test
  void an_unresolved_update_moves_the_guard_for_its_batch_alone() {
    log.product("c", 1, 10L, "A", "EUR");
    garbage(Records.productKey(1)).product("u", 1, 30L, "B", LEFT_OUT);
    log.product("u", 1, 20L, "C", "USD");

    OracleLedger first = apply(1, "products");
    assertProduct("A", "EUR", 0);
    assertThat(oracle.rows("products").get("1")).containsEntry("_lsn", 10L);
    assertThat(first.replays()).isEqualTo(1);
    log.product("u", 1, 20L, "C", "USD");

    apply(2, "products");

    assertProduct("C", "USD", 4);
  }

  @Test
  void a_delete_and_a_truncate_leave_nothing_known() {
    log.product("c", 1, 10L, "A", "EUR").product("d", 1, 11L, "", "");
    log.product("u", 1, 12L, "B", LEFT_OUT).product("c", 2, 13L, "A", "EUR");
    log.truncate("products", 14L).product("u", 2, 15L, "B", LEFT_OUT);

    OracleLedger ledger = apply(1, "products");

    assertThat(oracle.rows("products")).isEmpty();
    assertThat(ledger.unresolved()).isEqualTo(2);
  }

  @Test
  void a_replay_makes_nothing_known() {
    log.product("c", 1, 20L, "A", "EUR");
    apply(1, "products");
    log.product("u", 1, 10L, "Old", "USD").product("u", 1, 21L, LEFT_OUT, LEFT_OUT);

    apply(2, "products");

    assertProduct("A", "EUR", 2);
  }

  @Test
  void a_refused_record_of_the_key_leaves_nothing_known_until_the_next_full_one() {
    log.product("c", 1, 10L, "A", "EUR");
    garbage(Records.productKey(1)).product("u", 1, 11L, "B", LEFT_OUT);
    log.product("u", 1, 12L, "C", "USD").product("u", 1, 13L, "D", LEFT_OUT);

    OracleLedger ledger = apply(1, "products");

    assertProduct("D", "USD", 4);
    assertThat(ledger.unresolved()).isEqualTo(1);
  }

  @Test
  void a_refused_record_of_another_key_or_of_none_or_a_replay_does_not_matter() {
    log.product("c", 1, 10L, "A", "EUR");
    garbage(Records.productKey(2));
    garbage("{}");
    log.change("products", "u", Records.productKey(1), 9L, "{}");
    log.product("u", 1, 11L, "B", LEFT_OUT);

    apply(1, "products");

    assertProduct("B", "EUR", 4);
  }

  @Test
  void a_refused_record_after_the_rows_last_one_matters_to_later_batches() {
    log.product("c", 1, 10L, "A", "EUR");
    garbage(Records.productKey(1));
    apply(1, "products");
    log.product("c", 2, 11L, "A", "EUR");
    apply(2, "products");
    log.product("u", 1, 12L, "B", LEFT_OUT);

    OracleLedger ledger = apply(3, "products");

    assertThat(ledger.unresolved()).isEqualTo(1);
    assertThat(oracle.rows("products").get("1")).containsEntry("prod_name", "A");
  }

  @Test
  void a_refused_record_before_the_rows_last_one_does_not_matter() {
    garbage(Records.productKey(1)).product("c", 1, 10L, "A", "EUR");
    apply(1, "products");
    log.product("u", 1, 11L, "B", LEFT_OUT);

    apply(2, "products");

    assertProduct("B", "EUR", 2);
  }

  @Test
  void a_key_that_is_left_out_is_that_of_the_record() {
    log.product("c", 1, 10L, "A", "EUR");
    log.change(
        "products",
        "u",
        Records.productKey(1),
        11L,
        ("{\"prod_id\":\"%s\",\"prod_name\":\"B\",\"prod_unit_price\":\"%s\","
                + "\"prod_currency_code\":\"USD\",\"supplier_id\":2}")
            .formatted(LEFT_OUT, LEFT_OUT));

    apply(1, "products");

    assertProduct("B", "USD", 1);
    assertThat(oracle.rows("products").get("1")).containsEntry("prod_id", 1L);
  }

  @Test
  void a_lead_is_completed_by_its_order_and_needs_no_more_than_the_order_shows() {
    lead("c", 10, "true", "5", "1.5", "2.5");
    apply(1, "orders");
    String placeholder = "\"" + LEFT_OUT + "\"";
    lead("u", 11, "true", "6", placeholder, placeholder);

    apply(2, "orders");

    assertThat(oracle.rows("orders")).containsOnlyKeys("6");
    assertThat(oracle.rows("orders").get("6"))
        .containsEntry("prod_quote_price", new BigDecimal("1.50"))
        .containsEntry("crm_lead_id", 7L);
  }

  @Test
  void a_lead_that_leaves_out_whether_there_is_an_order_is_not_applied() {
    String placeholder = "\"" + LEFT_OUT + "\"";
    lead("c", 10, "true", "5", "1.5", "2.5");
    lead("u", 11, placeholder, "6", "1.5", "2.5");
    lead("u", 12, "true", placeholder, "1.5", "2.5");

    OracleLedger ledger = apply(1, "orders");

    assertThat(oracle.rows("orders")).containsOnlyKeys("5");
    assertThat(ledger.unresolved()).isEqualTo(2);
  }

  @Test
  void what_a_lead_in_conflict_was_is_not_known_from_its_order() {
    lead("c", 10, "true", "5", "1.5", "2.5").companyOrder("c", 6, 11L);
    apply(1, "orders");
    lead("u", 12, "true", "6", "3.5", "2.5");
    assertThat(apply(2, "orders").conflicts()).isEqualTo(1);
    lead("u", 13, "true", "5", "\"" + LEFT_OUT + "\"", "2.5");

    OracleLedger ledger = apply(3, "orders");

    assertThat(ledger.unresolved()).isEqualTo(1);
    assertThat(oracle.rows("orders").get("5"))
        .containsEntry("prod_quote_price", new BigDecimal("1.50"));
  }
}
