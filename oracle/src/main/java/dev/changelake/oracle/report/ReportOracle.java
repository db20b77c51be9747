package dev.changelake.oracle.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * States the rows of each report, in their order, from the rows of the tables.
 *
 * <p>Where the specification is silent:
 *
 * <ul>
 *   <li>The day's web logs are those whose {@code log_date} is the business date, whatever the zone
 *       of {@code requested_at}. The other reports know no date: they speak of all rows.
 *   <li>A month is a calendar month of {@code created_date} in UTC; a month without orders has no
 *       row. An order sells one product. One whose product is not in products counts as sold, at a
 *       unit price of zero.
 *   <li>A web log counts for a country if it has one and its {@code user_name} is a customer's;
 *       null and unknown names never count. A user counts once in each country it appears from. Two
 *       customers never share a name.
 *   <li>A customer has ordered what any of its orders names, of whatever day, be that product in
 *       products or not. Each product is one row, with the one country; without such a country
 *       there are no rows.
 *   <li>A device is counted a web log, also of unknown users; null is no device.
 *   <li>A customer without leads has no row; whether it is in customers does not matter.
 *   <li>Orders are total: months from the newest, products and customers by id, devices by their
 *       number from the largest. Texts compare by code points, as their bytes in UTF-8 do.
 * </ul>
 */
public final class ReportOracle {

  private static final int DEVICES = 5;

  private final Map<String, SortedMap<String, SortedMap<String, Object>>> tables;
  private final LocalDate businessDate;

  /**
   * Takes the state of a batch.
   *
   * @param tables rows by table, with the {@code country} and {@code device} of web logs
   */
  public ReportOracle(
      Map<String, SortedMap<String, SortedMap<String, Object>>> tables, LocalDate businessDate) {
    this.tables = Map.copyOf(tables);
    this.businessDate = businessDate;
  }

  /** The report's rows, in its order. */
  public List<SortedMap<String, Object>> rows(Report report) {
    return switch (report) {
      case MONTHLY_SALES -> monthlySales();
      case MOST_POPULAR_PRODUCTS -> mostPopularProducts();
      case MOST_USED_DEVICES -> mostUsedDevices();
      case TOTAL_LEADS -> totalLeads();
    };
  }

  private record Sales(BigDecimal sales, BigDecimal profit) {

    static final Sales NONE = new Sales(new BigDecimal("0.00"), new BigDecimal("0.00"));

    Sales and(BigDecimal quotePrice, BigDecimal unitPrice) {
      return new Sales(sales.add(quotePrice), profit.add(quotePrice).subtract(unitPrice));
    }
  }

  private List<SortedMap<String, Object>> monthlySales() {
    Map<Object, BigDecimal> unitPrices =
        table("products").stream()
            .collect(
                toMap(row -> row.get("prod_id"), row -> (BigDecimal) row.get("prod_unit_price")));
    SortedMap<YearMonth, Sales> months = new TreeMap<>(Comparator.reverseOrder());
    for (Map<String, Object> order : table("orders")) {
      Instant created = (Instant) order.get("created_date");
      YearMonth month = YearMonth.from(created.atOffset(ZoneOffset.UTC));
      Sales before = months.getOrDefault(month, Sales.NONE);
      BigDecimal unitPrice = unitPrices.getOrDefault(order.get("prod_id"), BigDecimal.ZERO);
      months.put(month, before.and((BigDecimal) order.get("prod_quote_price"), unitPrice));
    }
    List<SortedMap<String, Object>> rows = new ArrayList<>();
    months.forEach(
        (month, sales) ->
            rows.add(
                row(
                    Map.of(
                        "sale_year", month.getYear(),
                        "sale_month", month.getMonthValue(),
                        "monthly_sales", sales.sales(),
                        "monthly_profit", sales.profit()))));
    return rows;
  }

  private List<SortedMap<String, Object>> mostPopularProducts() {
    Map<String, Set<String>> usersByCountry = usersByCountry();
    Optional<String> country =
        usersByCountry.keySet().stream()
            .min(
                Comparator.comparing((String each) -> -usersByCountry.get(each).size())
                    .thenComparing(TextOrder.BY_CODE_POINT));
    if (country.isEmpty()) {
      return List.of();
    }
    Set<String> users = usersByCountry.get(country.get());
    Set<Object> customers =
        table("customers").stream()
            .filter(row -> users.contains(row.get("user_name")))
            .map(row -> row.get("customer_id"))
            .collect(toSet());
    SortedMap<Long, String> products = new TreeMap<>();
    for (Map<String, Object> order : table("orders")) {
      if (customers.contains(order.get("customer_id"))) {
        products.put((Long) order.get("prod_id"), country.get());
      }
    }
    return products.entrySet().stream()
        .map(entry -> row(Map.of("prod_id", entry.getKey(), "country", entry.getValue())))
        .toList();
  }

  private Map<String, Set<String>> usersByCountry() {
    Set<Object> known =
        table("customers").stream().map(row -> row.get("user_name")).collect(toSet());
    return weblogs()
        .filter(row -> row.get("country") != null)
        .filter(row -> row.get("user_name") != null && known.contains(row.get("user_name")))
        .collect(
            groupingBy(
                row -> (String) row.get("country"),
                mapping(row -> (String) row.get("user_name"), toSet())));
  }

  private List<SortedMap<String, Object>> mostUsedDevices() {
    Map<String, Long> devices =
        weblogs()
            .filter(row -> row.get("device") != null)
            .collect(groupingBy(row -> (String) row.get("device"), counting()));
    return devices.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey(TextOrder.BY_CODE_POINT)))
        .limit(DEVICES)
        .map(entry -> row(Map.of("device", entry.getKey(), "total_devices", entry.getValue())))
        .toList();
  }

  private List<SortedMap<String, Object>> totalLeads() {
    SortedMap<Long, Long> leads = new TreeMap<>();
    for (Map<String, Object> order : table("orders")) {
      if (Boolean.TRUE.equals(order.get("is_lead_sale")) && order.get("crm_lead_id") != null) {
        leads.merge((Long) order.get("customer_id"), 1L, Long::sum);
      }
    }
    return leads.entrySet().stream()
        .map(entry -> row(Map.of("customer_id", entry.getKey(), "total_leads", entry.getValue())))
        .toList();
  }

  private Stream<SortedMap<String, Object>> weblogs() {
    return table("weblogs").stream().filter(row -> businessDate.equals(row.get("log_date")));
  }

  private Collection<SortedMap<String, Object>> table(String name) {
    SortedMap<String, SortedMap<String, Object>> rows = tables.get(name);
    if (rows == null) {
      throw new IllegalArgumentException("The reports need the table " + name);
    }
    return rows.values();
  }

  private static SortedMap<String, Object> row(Map<String, Object> cells) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(cells));
  }
}
