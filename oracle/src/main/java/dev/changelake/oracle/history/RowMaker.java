package dev.changelake.oracle.history;

import dev.changelake.oracle.Column;
import dev.changelake.oracle.SourceTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Invents rows of all tables. */
final class RowMaker {

  private static final List<String> WORDS =
      List.of("Ada", "Ödön", "株式会社", "O'Neil, \"Inc\"", "", "a\\b", "🚢 Ltd", "tab\there", "Zoë");
  private static final Map<String, List<String>> CODES =
      Map.of(
          "most_freq_cntry", List.of("DE", "FR", "NL", "", "é"),
          "prod_currency_code", List.of("EUR", "USD", "", "円"));
  private static final BigInteger MOST_UNSCALED = BigInteger.TEN.pow(18);

  private final Random random;
  private final int keys;
  private final LogLines lines;

  RowMaker(Random random, int keys) {
    this.random = random;
    this.keys = keys;
    this.lines = new LogLines(random);
  }

  Map<String, Object> row(SourceTable table, List<Object> key) {
    Map<String, Object> row = new HashMap<>();
    for (Column column : table.columns()) {
      row.put(column.name(), cell(column));
    }
    for (int i = 0; i < key.size(); i++) {
      row.put(table.key().get(i), key.get(i));
    }
    if (table == SourceTable.CUSTOMERS) {
      LogLines.userName((Long) key.get(0)).ifPresent(name -> row.put("user_name", name));
    }
    if (table == SourceTable.WEBLOGS) {
      row.put("line", lines.line((LocalDate) key.get(0)));
    }
    return row;
  }

  List<Object> weblogKey() {
    return List.of(day(), 1L + random.nextInt(3 * keys));
  }

  private Object cell(Column column) {
    if (column.nullable() && random.nextInt(3) == 0) {
      return null;
    }
    return switch (column.type()) {
      case BIGINT -> random.nextInt(20) == 0 ? random.nextLong() : 1L + random.nextInt(keys);
      case INT -> random.nextInt();
      case BOOLEAN -> random.nextInt(3) > 0;
      case STRING -> text(column.name());
      case DATE -> LocalDate.of(1930, 1, 1).plusDays(random.nextInt(34_000));
      case TIMESTAMP -> time();
      case DECIMAL -> decimal();
    };
  }

  /** A code is short, as warehouses want it; any other text may be anything. */
  private String text(String column) {
    String text = WORDS.get(random.nextInt(WORDS.size())) + random.nextInt(100);
    List<String> codes = CODES.get(column);
    return codes == null ? text : codes.get(random.nextInt(codes.size()));
  }

  private LocalDate day() {
    return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(2));
  }

  private Instant time() {
    Instant second = Instant.parse("2018-01-01T00:00:00Z").plusSeconds(random.nextInt(260_000_000));
    return switch (random.nextInt(3)) {
      case 0 -> second;
      case 1 -> second.plusMillis(random.nextInt(1000));
      default -> second.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
    };
  }

  private BigDecimal decimal() {
    BigInteger unscaled =
        switch (random.nextInt(12)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> MOST_UNSCALED.subtract(BigInteger.ONE);
          case 2 -> BigInteger.ONE.subtract(MOST_UNSCALED);
          case 3 -> BigInteger.valueOf(-random.nextInt(300));
          default -> BigInteger.valueOf(random.nextInt(10_000_000));
        };
    return new BigDecimal(unscaled, 2);
  }
}
