package dev.changelake.compact.load;

import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.result.Load;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Puts the rows of files in the place of a table's, within the connection's transaction. */
final class TableLoad {
  private final Connection connection;
  private final Dialect dialect;
  private final LoadedTables tables;
  private final WarehouseTable table;
  private final LoadFiles files;
  private final String target;

  /** The table of this session that the files are copied into. */
  private final String staging =
      "changelake_staging_" + UUID.randomUUID().toString().replace("-", "");

  TableLoad(
      Connection connection,
      Dialect dialect,
      LoadedTables tables,
      String schema,
      WarehouseTable table,
      LoadFiles files) {
    this.connection = connection;
    this.dialect = dialect;
    this.tables = tables;
    this.table = table;
    this.files = files;
    this.target = Sql.qualified(schema, table.name());
  }

  /**
   * Replaces rows.
   *
   * @return empty if the table did not hold the rows that the changes are to, so that the
   *     transaction must be rolled back
   */
  Optional<Load> apply(Load.Kind kind, PublishedFiles published) throws SQLException, IOException {
    tables.createStaging(connection, staging, table, files);
    dialect.copy(connection, Sql.quoted(staging), files);
    requireAll("copied", Sql.count(connection, Sql.quoted(staging)), files.rows());
    Optional<Load> load =
        kind == Load.Kind.INCREMENTAL ? changes(published.rows()) : all(kind, published.rows());
    Sql.execute(connection, "DROP TABLE " + Sql.quoted(staging));
    return load;
  }

  private Optional<Load> all(Load.Kind kind, long rows) throws SQLException {
    requireAll("written", files.rows(), rows);
    tables.follow(connection, table, staging);
    // Not TRUNCATE: it would take the rows away from readers before the commit.
    long deleted = Sql.update(connection, "DELETE FROM " + target);
    requireAll("inserted", insert(""), rows);
    return Optional.of(new Load(kind, rows, 0, deleted));
  }

  private Optional<Load> changes(long rows) throws SQLException {
    long inserted = files.rows(RowChange.INSERTED);
    long updated = files.rows(RowChange.UPDATED);
    long deleted = files.rows(RowChange.DELETED);
    String sameKey =
        table.key().stream()
            .map(Sql::quoted)
            .map(column -> "%s.%s = %s.%s".formatted(target, column, Sql.quoted(staging), column))
            .collect(Collectors.joining(" AND "));
    String change = Sql.quoted(staging) + "." + Sql.quoted(RowChange.COLUMN);
    String isInsert = "%s = %s".formatted(change, Sql.literal(RowChange.INSERTED.code()));
    long taken = delete(sameKey + " AND NOT " + isInsert);
    long inTheWay = delete(sameKey + " AND " + isInsert);
    String notDeleted = " WHERE %s <> %s".formatted(change, Sql.literal(RowChange.DELETED.code()));
    requireAll("inserted", insert(notDeleted), inserted + updated);
    boolean asLoaded =
        inTheWay == 0 && taken == updated + deleted && Sql.count(connection, target) == rows;
    return asLoaded
        ? Optional.of(new Load(Load.Kind.INCREMENTAL, inserted, updated, deleted))
        : Optional.empty();
  }

  private long delete(String condition) throws SQLException {
    return Sql.update(
        connection,
        "DELETE FROM %s USING %s WHERE %s".formatted(target, Sql.quoted(staging), condition));
  }

  private long insert(String condition) throws SQLException {
    List<String> names = table.columnNames();
    return Sql.update(
        connection,
        "INSERT INTO %s (%s) SELECT %s FROM %s%s%s"
            .formatted(
                target,
                Sql.quoted(names),
                Sql.quoted(names),
                Sql.quoted(staging),
                condition,
                dialect.insertOrder(table)));
  }

  private void requireAll(String how, long rows, long expected) {
    if (rows != expected) {
      throw new IllegalStateException(
          "%d rows of %s were %s, but there are %d".formatted(rows, table.name(), how, expected));
    }
  }
}
