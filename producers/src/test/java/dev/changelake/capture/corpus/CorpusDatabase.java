package dev.changelake.capture.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of the corpus, their rows, and what happens to them. */
final class CorpusDatabase {
  static final List<String> TABLES =
      List.of("numbers", "texts", "bytes", "times", "arrays", "large");

  /** Begins the logical message that ends each step. */
  static final String STEP = "corpus.step";

  /** The step before all others. */
  static final String FIRST_STEP = "snapshot";

  private static final Pattern STEPS =
      Pattern.compile("^-- step: (.+)\\n((?:(?!-- step: ).*\\n)+)", Pattern.MULTILINE);

  private final Connection connection;

  CorpusDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    execute(
        """
        SET DateStyle TO 'ISO, YMD';
        SET TimeZone TO 'UTC';
        SET IntervalStyle TO 'iso_8601';
        SET extra_float_digits TO 1;
        SET bytea_output TO 'hex';
        SET standard_conforming_strings TO on;
        CREATE EXTENSION IF NOT EXISTS hstore;
        CREATE EXTENSION IF NOT EXISTS ltree;
        CREATE EXTENSION IF NOT EXISTS citext;
        """);
    connection.commit();
  }

  /** Makes the tables anew, with the rows that a snapshot shows. */
  void begin() throws IOException, SQLException {
    execute("DROP TABLE IF EXISTS " + String.join(", ", TABLES));
    execute("DROP TYPE IF EXISTS mood");
    execute(resource("tables.sql"));
    execute(resource("rows.sql"));
    connection.commit();
  }

  /** The transactions that follow, in order. */
  static Map<String, String> steps() throws IOException {
    Map<String, String> steps = new LinkedHashMap<>();
    Matcher matcher = STEPS.matcher(resource("changes.sql"));
    while (matcher.find()) {
      steps.put(matcher.group(1), matcher.group(2));
    }
    return steps;
  }

  /** Runs a transaction, which a message in the log ends. */
  void run(String step, String statements) throws SQLException {
    execute(statements);
    execute("SELECT pg_logical_emit_message(true, '%s', '%s')".formatted(STEP, step));
    connection.commit();
  }

  /** How many rows these tables have. */
  int count(List<String> tables) throws SQLException {
    int count = 0;
    for (String table : tables) {
      count += Integer.parseInt(query("SELECT count(*) FROM " + table).get(0).get("count"));
    }
    return count;
  }

  /** The rows of all tables by {@code table/id}: of each column what its type's output says. */
  Map<String, Map<String, String>> rows() throws SQLException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      List<String> expressions = new ArrayList<>();
      for (String column : types(table).keySet()) {
        // Not a cast to text, which cuts the blanks of char(n) and adds the mask to an inet.
        expressions.add("CASE WHEN %1$s IS NOT NULL THEN concat(%1$s) END %1$s".formatted(column));
      }
      for (Map<String, String> row :
          query("SELECT %s FROM %s".formatted(String.join(", ", expressions), table))) {
        rows.put(table + "/" + row.get("id"), row);
      }
    }
    connection.commit();
    return rows;
  }

  /** The columns of a table with their types as PostgreSQL writes them. */
  Map<String, String> types(String table) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    for (Map<String, String> column :
        query(
            """
            SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
            WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum
            """
                .formatted(table))) {
      types.put(column.get("attname"), column.get("type"));
    }
    return types;
  }

  void dropSlot(String slot) throws SQLException {
    query(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s'"
            .formatted(slot));
    execute("DROP PUBLICATION IF EXISTS " + slot);
    connection.commit();
  }

  private List<Map<String, String>> query(String sql) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream content = CorpusDatabase.class.getResourceAsStream("/corpus/" + name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
