package dev.changelake.envelope;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rows that stand in the golden files, written by hand. */
final class GoldenRows {
  static final List<String> TABLES = List.of("companies", "customers", "orders", "weblogs");
  static final List<String> OPERATIONS = List.of("read", "create", "update", "delete", "tombstone");
  static final TableContracts CONTRACTS = TableContracts.load(Optional.empty());
  static final long TS_MS = 1_592_820_931_250L;
  private static final long ORDER = 9_007_199_254_740_993L;

  private GoldenRows() {}

  static TableContract contract(String table) {
    return CONTRACTS.get(table);
  }

  /** The row that is read and created. */
  static Object[] first(String table) {
    return switch (table) {
      case "companies" -> row(42L, "Ada & Söhne \"GmbH\"");
      case "customers" ->
          row(
              7L,
              "Zoë O'Neill",
              LocalDate.of(1980, 1, 2),
              "zoe7",
              "zoe7@example.com",
              "São Paulo",
              "BR");
      case "orders" ->
          row(
              ORDER,
              11L,
              7L,
              new BigDecimal("300000.00"),
              true,
              501L,
              42L,
              Instant.parse("2020-06-22T10:15:30.123456Z"));
      default ->
          row(
              LocalDate.of(2020, 6, 22),
              1L,
              "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET /products/11?q=a%20b HTTP/1.1\""
                  + " 200 5120 \"https://example.com/\" \"Mozilla/5.0 (X11; Linux x86_64)"
                  + " \\\"quoted\\\" \\\\ slash\"",
              "203.0.113.9",
              "zoe7",
              Instant.parse("2020-06-22T08:15:30Z"),
              "GET",
              "/products/11?q=a%20b",
              200,
              5120L,
              "https://example.com/",
              "Mozilla/5.0 (X11; Linux x86_64) \"quoted\" \\ slash",
              // What is computed at land.
              null,
              null,
              null,
              null);
    };
  }

  /** The row after the update. */
  static Object[] second(String table) {
    return switch (table) {
      case "companies" -> row(42L, "Ada & Daughters");
      case "customers" ->
          row(
              7L,
              "Zoë O'Neill",
              LocalDate.of(1969, 12, 31),
              "zoe7",
              "zoe@example.com",
              "Lisboa",
              "PT");
      case "orders" ->
          row(
              ORDER,
              11L,
              7L,
              new BigDecimal("-0.01"),
              false,
              null,
              42L,
              Instant.parse("2020-06-22T23:59:59.5Z"));
      default ->
          row(
              LocalDate.of(2020, 6, 22),
              1L,
              "203.0.113.9 - - [22/Jun/2020:10:15:31 +0200] \"-\" 408 - \"-\" \"-\"",
              "203.0.113.9",
              null,
              Instant.parse("2020-06-22T08:15:31Z"),
              null,
              null,
              408,
              null,
              null,
              null);
    };
  }

  /** What PostgreSQL's default replica identity leaves of a deleted row. */
  static Object[] deleted(String table) {
    return switch (table) {
      case "companies" -> row(42L, "");
      case "customers" -> row(7L, "", LocalDate.EPOCH, "", "", "", "");
      case "orders" -> row(ORDER, 0L, 0L, new BigDecimal("0.00"), false, null, 0L, Instant.EPOCH);
      default -> Arrays.copyOf(row(LocalDate.of(2020, 6, 22), 1L, ""), 12);
    };
  }

  /** The row as the encoder takes it. */
  static Map<String, Object> map(TableContract contract, Object[] row) {
    List<Column> columns = contract.columns();
    Map<String, Object> map = new HashMap<>();
    IntStream.range(0, row.length).forEach(i -> map.put(columns.get(i).name(), row[i]));
    return map;
  }

  static SourceBlock source(String table, String snapshot, long txId, long lsn) {
    return new SourceBlock("b2b", "b2b", "public", table, snapshot, TS_MS, txId, lsn);
  }

  private static Object[] row(Object... values) {
    return values;
  }
}
