package dev.changelake.oracle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes records by hand, one after the other, for the tests of the oracle. */
final class Records {

  private final Map<String, Long> ends = new HashMap<>();
  private List<LogRecord> batch = new ArrayList<>();
  private Long tsMs;

  List<LogRecord> take() {
    List<LogRecord> taken = batch;
    batch = new ArrayList<>();
    return taken;
  }

  Records raw(String table, int partition, String key, String value) {
    String topic = "b2b.public." + table;
    long offset = ends.merge(topic + "-" + partition, 1L, Long::sum) - 1;
    batch.add(new LogRecord(topic, partition, offset, bytes(key), bytes(value)));
    return this;
  }

  Records raw(String table, String key, String value) {
    return raw(table, 0, key, value);
  }

  /** Gives the records that follow this time of the source; at first they have none. */
  Records at(long tsMs) {
    this.tsMs = tsMs;
    return this;
  }

  Records change(String table, String op, String key, Long lsn, String after) {
    String envelope =
        "{\"before\":null,\"after\":%s,\"source\":{\"table\":\"%s\",\"lsn\":%s,\"ts_ms\":%s},\"op\":\"%s\"}";
    return raw(table, key, envelope.formatted(after, table, lsn, tsMs, op));
  }

  Records truncate(String table, Long lsn) {
    return change(table, "t", null, lsn, "null");
  }

  Records company(String op, long id, Long lsn, String name) {
    String after = "{\"company_id\":%d,\"company_name\":\"%s\"}".formatted(id, name);
    return change("companies", op, companyKey(id), lsn, op.equals("d") ? "null" : after);
  }

  Records companyTombstone(long id) {
    return raw("companies", companyKey(id), null);
  }

  static String companyKey(long id) {
    return "{\"company_id\":%d}".formatted(id);
  }

  Records product(String op, long id, Long lsn, String name, String currency) {
    String after =
        ("{\"prod_id\":%d,\"prod_name\":\"%s\",\"prod_unit_price\":1.5,"
                + "\"prod_currency_code\":\"%s\",\"supplier_id\":2}")
            .formatted(id, name, currency);
    return change("products", op, productKey(id), lsn, op.equals("d") ? "null" : after);
  }

  static String productKey(long id) {
    return "{\"prod_id\":%d}".formatted(id);
  }

  Records lead(String op, long id, Long lsn, boolean sold, Long orderId) {
    String after =
        ("{\"crm_lead_id\":%d,\"prod_id\":1,\"prod_quote_price\":\"BAg=\",\"quote_value\":20.5,"
                + "\"is_lead_sale\":%s,\"order_id\":%s,\"customer_id\":3,\"company_id\":4,"
                + "\"created_date\":\"2026-01-02T03:04:05.000006Z\"}")
            .formatted(id, sold, orderId);
    return change(
        "leads", op, "{\"crm_lead_id\":%d}".formatted(id), lsn, op.equals("d") ? "null" : after);
  }

  Records companyOrder(String op, long orderId, Long lsn) {
    String after =
        ("{\"prod_id\":2,\"prod_quote_price\":1.5,\"quote_value\":3,\"order_id\":%d,"
                + "\"customer_id\":3,\"company_id\":4,\"supplier_id\":5,"
                + "\"created_date\":\"2026-01-02T05:04:05+02:00\"}")
            .formatted(orderId);
    return change(
        "company_orders",
        op,
        "{\"order_id\":%d}".formatted(orderId),
        lsn,
        op.equals("d") ? "null" : after);
  }

  Records order(String op, long orderId, Long lsn) {
    String after =
        ("{\"order_id\":%d,\"prod_id\":9,\"customer_id\":3,\"prod_quote_price\":7,"
                + "\"is_lead_sale\":false,\"crm_lead_id\":null,\"company_id\":4,"
                + "\"created_date\":\"2026-01-02T03:04:05Z\"}")
            .formatted(orderId);
    return change(
        "orders", op, "{\"order_id\":%d}".formatted(orderId), lsn, op.equals("d") ? "null" : after);
  }

  Records weblog(String op, long line, String text) {
    String after =
        "{\"log_date\":20000,\"line_number\":%d,\"line\":\"%s\"}"
            .formatted(line, text.replace("\\", "\\\\").replace("\"", "\\\""));
    return change("weblogs", op, weblogKey(line), 5L, after);
  }

  static String weblogKey(long line) {
    return "{\"log_date\":20000,\"line_number\":%d}".formatted(line);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
