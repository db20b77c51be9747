package dev.changelake.compact.report;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Small tables in which much is equal, missing or null, for Spark and for the oracle. */
final class RandomTables {
  private static final List<String> COUNTRIES = List.of("DE", "FR", "NL");
  private static final List<String> DEVICES = List.of("a", "b", "B", "c", "d", "e", "\u00e9", "f");
  private static final List<String> MOMENTS =
      List.of(
          "2019-12-31T23:59:59.999999Z",
          "2020-01-01T00:00:00Z",
          "2020-02-29T12:00:00Z",
          "2020-06-30T22:30:00Z",
          "2020-06-30T23:59:59.999999Z");
  private static final int MOST_ROWS = 40;

  private final Map<String, SortedMap<String, SortedMap<String, Object>>> tables = new HashMap<>();
  private final Random random;
  private final LocalDate day;

  RandomTables(long seed, LocalDate day) {
    this.random = new Random(seed);
    this.day = day;
    List.of("companies", "customers", "products", "orders", "weblogs")
        .forEach(table -> tables.put(table, new TreeMap<>()));
    for (long id = 1; id <= 5; id++) {
      if (random.nextInt(5) > 0) {
        add("customers", Map.of("customer_id", id, "user_name", "user" + id));
      }
      if (random.nextInt(5) > 0) {
        add("products", Map.of("prod_id", id, "prod_unit_price", price()));
      }
    }
    for (int i = random.nextInt(MOST_ROWS); i > 0; i--) {
      order(i);
    }
    for (int i = random.nextInt(MOST_ROWS); i > 0; i--) {
      request(i);
    }
  }

  /** As the oracle takes them. */
  Map<String, SortedMap<String, SortedMap<String, Object>>> tables() {
    return tables;
  }

  /** Makes the tables known to SQL, with the contracts' columns. */
  void register(SparkSession spark) {
    TableContracts contracts = TableContracts.load(Optional.empty());
    tables.forEach(
        (table, rows) -> {
          TableContract contract = contracts.get(table);
          List<Row> values = new ArrayList<>();
          for (Map<String, Object> row : rows.values()) {
            values.add(
                RowFactory.create(
                    contract.storedColumns().stream()
                        .map(column -> row.get(column.name()))
                        .toArray()));
          }
          spark
              .createDataFrame(values, SparkTypes.nullableStruct(contract.storedColumns()))
              .createOrReplaceTempView(table);
        });
  }

  private void order(int number) {
    Map<String, Object> row = new HashMap<>();
    row.put("order_id", (long) number);
    row.put("prod_id", 1L + random.nextInt(6));
    row.put("customer_id", 1L + random.nextInt(6));
    row.put("prod_quote_price", price());
    row.put("created_date", Instant.parse(one(MOMENTS)));
    row.put("is_lead_sale", random.nextBoolean());
    row.put("crm_lead_id", random.nextInt(3) == 0 ? null : (long) number);
    add("orders", row);
  }

  private void request(int number) {
    Map<String, Object> row = new HashMap<>();
    row.put("log_date", day.plusDays(random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0));
    row.put("line_number", (long) number);
    row.put("user_name", random.nextInt(8) == 0 ? null : "user" + (1 + random.nextInt(6)));
    row.put("country", random.nextInt(8) == 0 ? null : one(COUNTRIES));
    row.put("device", random.nextInt(8) == 0 ? null : one(DEVICES));
    row.put("requested_at", Instant.parse("2020-06-30T00:00:00Z"));
    add("weblogs", row);
  }

  private void add(String table, Map<String, Object> row) {
    tables.get(table).put("row " + tables.get(table).size(), new TreeMap<>(row));
  }

  private BigDecimal price() {
    return BigDecimal.valueOf(random.nextInt(100_000), 2);
  }

  private String one(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A row of a report, by its columns. */
  static SortedMap<String, Object> row(Report report, Row row) {
    SortedMap<String, Object> cells = new TreeMap<>();
    for (Column column : report.columns()) {
      cells.put(column.name(), row.getAs(column.name()));
    }
    return cells;
  }
}
