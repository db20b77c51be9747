package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads a table of the warehouse beside the lake's rows, both in the order of the key. */
final class TableComparison {
  /** Rows that the driver fetches at once; without it, it would hold all of them. */
  private static final int FETCHED = 10_000;

  private final Dialect dialect;
  private final LoadAudit audit;
  private final LoadedTables tables;
  private final String schema;

  TableComparison(Dialect dialect, LoadAudit audit, LoadedTables tables, String schema) {
    this.dialect = dialect;
    this.audit = audit;
    this.tables = tables;
    this.schema = schema;
  }

  Parity of(
      Connection connection,
      WarehouseTable table,
      LoadAudit.Entry expected,
      Supplier<Iterator<ComparedRow>> lakeRows)
      throws SQLException {
    requireHolds(connection, table, expected);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet found = statement.executeQuery(query(table))) {
        Parity parity = new ParityCheck(table).of(lakeRows.get(), new WarehouseRows(table, found));
        connection.commit();
        // Nothing was loaded meanwhile.
        requireHolds(connection, table, expected);
        return parity;
      }
    }
  }

  private void requireHolds(Connection connection, WarehouseTable table, LoadAudit.Entry expected)
      throws SQLException {
    boolean loaded =
        tables.exists(connection, LoadAudit.NAME) && tables.exists(connection, table.name());
    Optional<LoadAudit.Entry> newest =
        loaded ? audit.newest(connection, table.name()) : Optional.empty();
    if (newest.isEmpty() || newest.get().n() != expected.n()) {
      throw notHeld(
          table,
          newest
              .map(
                  entry ->
                      "It holds batch number %d, asked for is %d."
                          .formatted(entry.n(), expected.n()))
              .orElse("Nothing was loaded into it."),
          "Compare the batch that it holds (`bin/changelake batches` has the numbers), or load"
              + " this one: `bin/changelake publish`.");
    }
    if (!newest.get().inputs().equals(expected.inputs())) {
      throw notHeld(
          table,
          "It holds the batch as it was before its report, its table's columns or its revision"
              + " changed.",
          "Load it as it is now: `bin/changelake publish`.");
    }
  }

  private ChangelakeException notHeld(WarehouseTable table, String why, String remedy) {
    return new ChangelakeException(
            ErrorCategory.USAGE,
            "The warehouse's table %s.%s does not hold this batch.".formatted(schema, table.name()),
            why,
            remedy)
        .notRetryable();
  }

  private String query(WarehouseTable table) {
    String order =
        table.key().stream()
            .map(name -> table.column(name).orElseThrow())
            .map(
                column ->
                    Sql.quoted(column.name())
                        + (column.type().kind() == ColumnType.Kind.STRING
                            ? dialect.byteOrder()
                            : ""))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s ORDER BY %s"
        .formatted(
            table.columns().stream().map(TableComparison::cell).collect(Collectors.joining(", ")),
            Sql.qualified(schema, table.name()),
            order);
  }

  /** Redshift writes a real with fewer digits than tell it from others; a double's do. */
  private static String cell(Column column) {
    String name = Sql.quoted(column.name());
    return column.type().kind() == ColumnType.Kind.FLOAT
        ? "CAST(%s AS double precision)".formatted(name)
        : name;
  }
}
