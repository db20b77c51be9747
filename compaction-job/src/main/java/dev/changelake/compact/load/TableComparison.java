package dev.changelake.compact.load;

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
      Connection connection, WarehouseTable table, long n, Supplier<Iterator<ComparedRow>> lakeRows)
      throws SQLException {
    Optional<LoadAudit.Entry> holds = holding(connection, table, n);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet found = statement.executeQuery(query(table))) {
        Parity parity = new ParityCheck(table).of(lakeRows.get(), new WarehouseRows(table, found));
        connection.commit();
        if (!holding(connection, table, n).equals(holds)) {
          throw new ChangelakeException(
              ErrorCategory.WAREHOUSE,
              "The table %s.%s was loaded while it was compared.".formatted(schema, table.name()),
              "What was read may be of two batches.",
              "Run the command again.");
        }
        return parity;
      }
    }
  }

  private Optional<LoadAudit.Entry> holding(Connection connection, WarehouseTable table, long n)
      throws SQLException {
    boolean loaded =
        tables.exists(connection, LoadAudit.NAME) && tables.exists(connection, table.name());
    Optional<LoadAudit.Entry> newest =
        loaded ? audit.newest(connection, table.name()) : Optional.empty();
    if (newest.isEmpty() || newest.get().n() != n) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The warehouse's table %s.%s does not hold this batch."
                  .formatted(schema, table.name()),
              newest
                  .map(
                      entry -> "It holds batch number %d, asked for is %d.".formatted(entry.n(), n))
                  .orElse("Nothing was loaded into it."),
              "Compare the batch that it holds (`bin/changelake batches` has the numbers), or load"
                  + " this one: `bin/changelake publish`.")
          .notRetryable();
    }
    return newest;
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
        .formatted(Sql.quoted(table.columnNames()), Sql.qualified(schema, table.name()), order);
  }
}
