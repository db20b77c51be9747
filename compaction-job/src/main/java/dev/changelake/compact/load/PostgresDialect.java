package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** PostgreSQL, which is sent the files' lines through its driver. */
final class PostgresDialect implements Dialect {
  static final String URL = "jdbc:postgresql:";

  /** Any number. */
  private static final long CREATION = 0x6368616e67656c61L;

  private final WarehouseConnector connector;

  PostgresDialect(WarehouseConnector connector) {
    this.connector = connector;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /** What the server adds to an error may be a row. */
  @Override
  public Connection open() throws SQLException {
    return connector.open(new Driver(), Map.of("logServerErrorDetail", "false"));
  }

  @Override
  public CellText text(Column column) {
    return new PostgresText(column.name(), column.mostCharacters().orElse(Integer.MAX_VALUE));
  }

  @Override
  public String type(Column column) {
    return column.warehouseType().orElseGet(() -> type(column.type()));
  }

  private static String type(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT -> "bigint";
      case INT -> "integer";
      case BOOLEAN -> "boolean";
      case STRING -> "text";
      case DATE -> "date";
      case TIME -> "time(6) without time zone";
      case TIMESTAMP -> "timestamp with time zone";
      case TIMESTAMP_NTZ -> "timestamp without time zone";
      case DOUBLE -> "double precision";
      case FLOAT -> "real";
      case BINARY -> "bytea";
      case ARRAY -> type(type.element().orElseThrow()) + "[]";
      // hstore would need an extension.
      case MAP -> "jsonb";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
    };
  }

  @Override
  public String tableOptions(WarehouseTable table) {
    return "";
  }

  /** CREATE … IF NOT EXISTS fails when another session creates the same at the same time. */
  @Override
  public void takeTurns(Connection connection) throws SQLException {
    Sql.execute(connection, "SELECT pg_advisory_xact_lock(%d)".formatted(CREATION));
  }

  /** Readers go on. */
  @Override
  public String lock(String table) {
    return "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE".formatted(table);
  }

  @Override
  public void copy(Connection connection, String table, LoadFiles files)
      throws SQLException, IOException {
    String copy =
        "COPY %s (%s) FROM STDIN (FORMAT csv, NULL %s)"
            .formatted(table, Sql.quoted(files.columns()), Sql.literal(files.nullText()));
    for (LoadFiles.Part part : files.parts()) {
      try (InputStream lines = files.open(part)) {
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, lines);
      }
    }
  }

  @Override
  public String byteOrder() {
    return " COLLATE \"C\"";
  }

  /** The key's index is filled from one end to the other. */
  @Override
  public String insertOrder(WarehouseTable table) {
    return " ORDER BY " + Sql.quoted(table.key());
  }

  @Override
  public void change(Connection connection, String name, WarehouseTable table, Column column)
      throws SQLException {
    String alter = "ALTER TABLE %s ALTER COLUMN %s ".formatted(name, Sql.quoted(column.name()));
    Sql.execute(connection, alter + "TYPE " + type(column));
    if (column.nullable()) {
      Sql.execute(connection, alter + "DROP NOT NULL");
    }
  }

  @Override
  public String remedy() {
    return "Mend what it names (warehouse.* in the configuration, rights, the table), then run the"
        + " command again.";
  }
}
