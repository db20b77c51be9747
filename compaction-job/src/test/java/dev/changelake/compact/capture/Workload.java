package dev.changelake.compact.capture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/** Random transactions on the platform's tables; many are like none of the mock platform's. */
final class Workload {
  private static final long FIRST_KEY = 500_000;
  private static final String[] TEXTS = {
    "O'Neill & Söhne", "", "\"quoted\", with comma", "tab\tand\nline", "日本 🚚", "__debezium", "null"
  };

  private final Connection connection;
  private final Random random;
  private long nextKey = FIRST_KEY;

  Workload(Connection connection, long seed) throws SQLException {
    this.connection = connection;
    this.random = new Random(seed);
    connection.setAutoCommit(false);
  }

  /** Runs so many transactions, a tenth of which are rolled back. */
  void run(int transactions) throws SQLException {
    for (int i = 0; i < transactions; i++) {
      int changes = 1 + random.nextInt(5);
      for (int change = 0; change < changes; change++) {
        change();
      }
      if (random.nextInt(10) == 0) {
        connection.rollback();
      } else {
        connection.commit();
      }
    }
  }

  /** Gives a column another type, which writes the table anew. */
  void alter(String table, String column, String type) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE %s ALTER COLUMN %s TYPE %s".formatted(table, column, type));
    }
    connection.commit();
  }

  private void change() throws SQLException {
    switch (random.nextInt(15)) {
      case 0, 1 -> insertCompany(nextKey++);
      case 2 -> update("UPDATE companies SET company_name = ? WHERE company_id = ?", text(), key());
      case 3 -> update("DELETE FROM companies WHERE company_id = ?", key());
      case 4 -> {
        // Within one transaction, so that nobody sees the row gone.
        long key = key();
        update("DELETE FROM companies WHERE company_id = ?", key);
        insertCompany(key);
      }
      case 5 ->
          update("UPDATE companies SET company_id = ? WHERE company_id = ?", nextKey++, key());
      case 10 -> copyCompanies(1 + random.nextInt(40));
      case 6 ->
          update(
              "UPDATE products SET prod_unit_price = ?, prod_name = ? WHERE prod_id = ?",
              price(),
              text(),
              some("products", "prod_id"));
      case 7 -> insertOrder(nextKey++);
      case 8 ->
          update(
              "UPDATE orders SET crm_lead_id = ?, prod_quote_price = ? WHERE order_id = ?",
              random.nextBoolean() ? null : random.nextLong(),
              price(),
              some("orders", "order_id"));
      case 9 -> update("DELETE FROM orders WHERE order_id = ?", some("orders", "order_id"));
      case 11 -> insertLead(nextKey++);
      case 12 ->
          // The lead becomes an order, is one no longer, or is another one from now on.
          update(
              "UPDATE leads SET is_lead_sale = ?, order_id = ?, prod_quote_price = ? WHERE crm_lead_id = ?",
              random.nextBoolean(),
              random.nextInt(3) == 0 ? null : nextKey++,
              price(),
              some("leads", "crm_lead_id"));
      case 13 -> insertCompanyOrder(nextKey++);
      default -> deleteFromAFeed();
    }
  }

  private void deleteFromAFeed() throws SQLException {
    if (random.nextBoolean()) {
      update("DELETE FROM leads WHERE crm_lead_id = ?", some("leads", "crm_lead_id"));
    } else {
      update("DELETE FROM company_orders WHERE order_id = ?", some("company_orders", "order_id"));
    }
  }

  private void insertLead(long key) throws SQLException {
    update(
        """
        INSERT INTO leads (crm_lead_id, prod_id, prod_quote_price, quote_value, is_lead_sale,
          order_id, customer_id, company_id, created_date)
        SELECT ?, prod_id, ?, ?, ?, ?, ?, supplier_id, ? FROM products WHERE prod_id = ?""",
        key,
        price(),
        price(),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? null : nextKey++,
        some("customers", "customer_id"),
        moment(),
        some("products", "prod_id"));
  }

  private void insertCompanyOrder(long key) throws SQLException {
    update(
        """
        INSERT INTO company_orders (order_id, prod_id, prod_quote_price, quote_value, customer_id,
          company_id, supplier_id, created_date)
        SELECT ?, prod_id, ?, ?, ?, supplier_id, supplier_id, ? FROM products WHERE prod_id = ?""",
        key,
        price(),
        price(),
        some("customers", "customer_id"),
        moment(),
        some("products", "prod_id"));
  }

  private OffsetDateTime moment() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L)
        .atOffset(ZoneOffset.UTC);
  }

  /** Rows of a COPY have one place in the log. */
  private void copyCompanies(int rows) throws SQLException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      lines.append(nextKey++).append("\tcopied ").append(i).append('\n');
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY companies FROM STDIN", new StringReader(lines.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void insertCompany(long key) throws SQLException {
    update("INSERT INTO companies VALUES (?, ?) ON CONFLICT DO NOTHING", key, text());
  }

  private void insertOrder(long key) throws SQLException {
    update(
        """
        INSERT INTO orders (order_id, prod_id, customer_id, prod_quote_price, is_lead_sale,
          crm_lead_id, company_id, created_date)
        SELECT ?, prod_id, ?, ?, ?, NULL, supplier_id, ? FROM products WHERE prod_id = ?""",
        key,
        some("customers", "customer_id"),
        price(),
        random.nextBoolean(),
        moment(),
        some("products", "prod_id"));
  }

  /** A key that this workload may have given a company, to which nothing refers. */
  private long key() {
    return FIRST_KEY + random.nextInt(Math.max(1, (int) (nextKey - FIRST_KEY)));
  }

  private long some(String table, String key) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT %s FROM %s ORDER BY 1".formatted(key, table));
        ResultSet rows = query.executeQuery()) {
      List<Long> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
      return keys.isEmpty() ? -1 : keys.get(random.nextInt(keys.size()));
    }
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(100);
  }

  private BigDecimal price() {
    return BigDecimal.valueOf(random.nextLong(1_000_000_000_000L) - 500_000_000_000L, 2);
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
