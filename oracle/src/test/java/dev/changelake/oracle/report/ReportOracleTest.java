package dev.changelake.oracle.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each rule of the reports, on tables made by hand. */
class ReportOracleTest {

  private static final LocalDate DAY = LocalDate.of(2020, 6, 22);

  private final Map<String, SortedMap<String, SortedMap<String, Object>>> tables = new TreeMap<>();

  ReportOracleTest() {
    List.of("companies", "customers", "products", "orders", "weblogs")
        .forEach(table -> tables.put(table, new TreeMap<>()));
  }

  private List<SortedMap<String, Object>> rows(Report report) {
    return new ReportOracle(tables, DAY).rows(report);
  }

  private void add(String table, Object... cells) {
    SortedMap<String, Object> row = new TreeMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put((String) cells[i], cells[i + 1]);
    }
    tables.get(table).put("row " + tables.get(table).size(), row);
  }

  private void product(long id, String unitPrice) {
    add("products", "prod_id", id, "prod_unit_price", new BigDecimal(unitPrice));
  }

  private void order(long product, long customer, String price, String created) {
    order(product, customer, price, created, false, null);
  }

  private void order(
      long product, long customer, String price, String created, boolean sale, Long lead) {
    add(
        "orders",
        "prod_id",
        product,
        "customer_id",
        customer,
        "prod_quote_price",
        new BigDecimal(price),
        "created_date",
        Instant.parse(created),
        "is_lead_sale",
        sale,
        "crm_lead_id",
        lead);
  }

  private void ordered(long customer, long product) {
    order(product, customer, "1.00", "2019-01-01T00:00:00Z");
  }

  private void lead(long customer, boolean sale, Long lead) {
    order(1, customer, "1.00", "2019-01-01T00:00:00Z", sale, lead);
  }

  private void customer(long id, String userName) {
    add("customers", "customer_id", id, "user_name", userName);
  }

  private void request(LocalDate day, String userName, String country, String device) {
    add(
        "weblogs",
        "log_date",
        day,
        "user_name",
        userName,
        "country",
        country,
        "device",
        device,
        "requested_at",
        Instant.parse("2020-06-30T00:00:00Z"));
  }

  private void from(String country, String... userNames) {
    for (String userName : userNames) {
      request(DAY, userName, country, null);
    }
  }

  private void used(String device, int times) {
    for (int i = 0; i < times; i++) {
      request(DAY, null, null, device);
    }
  }

  private static SortedMap<String, Object> month(int year, int month, String sales, String profit) {
    return new TreeMap<>(
        Map.of(
            "sale_year",
            year,
            "sale_month",
            month,
            "monthly_sales",
            new BigDecimal(sales),
            "monthly_profit",
            new BigDecimal(profit)));
  }

  private static SortedMap<String, Object> popular(long product, String country) {
    return new TreeMap<>(Map.of("prod_id", product, "country", country));
  }

  private static SortedMap<String, Object> device(String device, long total) {
    return new TreeMap<>(Map.of("device", device, "total_devices", total));
  }

  @Test
  void months_are_the_orders_sums_from_the_newest() {
    product(1, "10.00");
    product(2, "0.50");
    order(1, 7, "15.25", "2019-12-31T23:59:59.999999Z");
    order(1, 7, "9.00", "2020-01-01T00:00:00Z");
    order(2, 8, "1.00", "2020-01-31T12:00:00Z");
    order(2, 8, "2.00", "2020-03-01T00:00:00Z");

    assertThat(rows(Report.MONTHLY_SALES))
        .containsExactly(
            month(2020, 3, "2.00", "1.50"),
            month(2020, 1, "10.00", "-0.50"),
            month(2019, 12, "15.25", "5.25"));
  }

  @Test
  void a_month_takes_every_order_of_whatever_kind() {
    product(1, "1.00");
    order(1, 7, "2.00", "2020-01-01T00:00:00Z", true, 5L);
    order(1, 7, "2.00", "2020-01-01T00:00:00Z", false, null);

    assertThat(rows(Report.MONTHLY_SALES)).containsExactly(month(2020, 1, "4.00", "2.00"));
  }

  @Test
  void an_order_of_an_unknown_product_has_a_unit_price_of_zero() {
    product(1, "1.00");
    order(1, 7, "2.00", "2020-01-01T00:00:00Z");
    order(99, 7, "3.00", "2020-01-01T00:00:00Z");

    assertThat(rows(Report.MONTHLY_SALES)).containsExactly(month(2020, 1, "5.00", "4.00"));
  }

  @Test
  void sums_of_money_keep_their_scale() {
    product(1, "5.00");
    order(1, 7, "5.00", "2020-01-01T00:00:00Z");
    order(1, 7, "0.00", "2020-02-01T00:00:00Z");

    assertThat(rows(Report.MONTHLY_SALES))
        .containsExactly(month(2020, 2, "0.00", "-5.00"), month(2020, 1, "5.00", "0.00"));
  }

  @Test
  void popular_products_are_those_ordered_by_the_users_of_the_country_with_most_users() {
    customer(1, "ada");
    customer(2, "bob");
    customer(3, "cyd");
    from("DE", "ada", "bob");
    from("FR", "cyd");
    ordered(1, 20);
    ordered(2, 10);
    ordered(3, 30);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS))
        .containsExactly(popular(10, "DE"), popular(20, "DE"));
  }

  @Test
  void a_product_is_one_row_however_often_it_is_ordered() {
    customer(1, "ada");
    customer(2, "bob");
    from("DE", "ada", "bob");
    ordered(1, 10);
    ordered(1, 10);
    ordered(2, 10);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).containsExactly(popular(10, "DE"));
  }

  @Test
  void a_country_is_measured_by_its_users_not_by_their_requests() {
    customer(1, "ada");
    customer(2, "bob");
    customer(3, "cyd");
    from("DE", "ada", "ada", "ada");
    from("FR", "bob", "cyd");
    ordered(1, 10);
    ordered(2, 20);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).containsExactly(popular(20, "FR"));
  }

  @Test
  void a_user_counts_in_each_country_it_appears_from() {
    customer(1, "ada");
    customer(2, "bob");
    from("DE", "ada");
    from("FR", "ada", "bob");
    ordered(1, 10);
    ordered(2, 20);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS))
        .containsExactly(popular(10, "FR"), popular(20, "FR"));
  }

  @Test
  void of_countries_with_equally_many_users_the_smaller_code_wins() {
    customer(1, "ada");
    customer(2, "bob");
    from("FR", "ada");
    from("DE", "bob");
    ordered(1, 10);
    ordered(2, 20);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).containsExactly(popular(20, "DE"));
  }

  @Test
  void names_that_are_null_or_unknown_and_countries_that_are_null_do_not_count() {
    customer(1, "ada");
    customer(2, null);
    from("DE", "ada");
    from("FR", "nobody", "stranger", null);
    from(null, "ada", "nobody");
    ordered(1, 10);
    ordered(2, 20);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).containsExactly(popular(10, "DE"));
  }

  @Test
  void without_a_country_nothing_is_popular() {
    customer(1, "ada");
    from(null, "ada");
    from("FR", "nobody");
    ordered(1, 10);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).isEmpty();
  }

  @Test
  void only_the_web_logs_of_the_business_date_count() {
    customer(1, "ada");
    customer(2, "bob");
    from("DE", "ada");
    request(DAY.minusDays(1), "bob", "CH", "Old");
    request(DAY.plusDays(1), "bob", "CH", "New");
    used("Phone", 1);
    ordered(1, 10);
    ordered(2, 20);

    assertThat(rows(Report.MOST_POPULAR_PRODUCTS)).containsExactly(popular(10, "DE"));
    assertThat(rows(Report.MOST_USED_DEVICES)).containsExactly(device("Phone", 1));
  }

  @Test
  void the_five_most_frequent_devices_are_listed_from_the_most_frequent() {
    used("Desktop", 3);
    used("Apple iPhone", 5);
    used("e", 2);
    used("d", 2);
    used("C", 2);
    used("f", 2);
    used(null, 9);

    assertThat(rows(Report.MOST_USED_DEVICES))
        .containsExactly(
            device("Apple iPhone", 5),
            device("Desktop", 3),
            device("C", 2),
            device("d", 2),
            device("e", 2));
  }

  @Test
  void names_are_ordered_by_code_points() {
    String beyondTheBasicPlane = "\uD83D\uDE00";
    used(beyondTheBasicPlane, 1);
    used("\uFF21", 1);

    assertThat(rows(Report.MOST_USED_DEVICES))
        .containsExactly(device("\uFF21", 1), device(beyondTheBasicPlane, 1));
  }

  @Test
  void leads_are_lead_sales_with_a_lead_counted_a_customer() {
    lead(8, true, 1L);
    lead(7, true, 2L);
    lead(7, true, 3L);
    lead(7, true, null);
    lead(7, false, 4L);
    lead(6, false, null);

    assertThat(rows(Report.TOTAL_LEADS))
        .containsExactly(
            new TreeMap<>(Map.of("customer_id", 7L, "total_leads", 2L)),
            new TreeMap<>(Map.of("customer_id", 8L, "total_leads", 1L)));
  }

  @Test
  void reports_of_empty_tables_are_empty() {
    for (Report report : Report.values()) {
      assertThat(rows(report)).as(report.table()).isEmpty();
    }
  }

  @Test
  void a_missing_table_is_an_error() {
    tables.remove("weblogs");

    assertThatThrownBy(() -> rows(Report.MOST_USED_DEVICES))
        .hasMessage("The reports need the table weblogs");
  }
}
