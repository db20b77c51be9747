package dev.changelake.compact.load;

import dev.changelake.compact.load.LoadAudit.Entry;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.result.Load;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A warehouse that is told in SQL what to do.
 *
 * <p>A load writes its rows to files. Then one transaction locks the audit, looks whether the
 * warehouse still is as it was when the files were chosen, copies them into a table of its session,
 * replaces rows by these, and adds the audit row. Readers see the rows before or the rows after.
 */
final class SqlWarehouse implements Warehouse {
  private final Dialect dialect;
  private final String schema;
  private final LoadAudit audit;
  private final LoadedTables tables;
  private final LoadFiles.Area area;

  SqlWarehouse(Dialect dialect, String schema, String lakeId, LoadFiles.Area area) {
    this.dialect = dialect;
    this.schema = schema;
    this.audit = new LoadAudit(dialect, schema, lakeId);
    this.tables = new LoadedTables(dialect, schema);
    this.area = area;
  }

  @Override
  public Output load(WarehouseTable table, TableContent content) {
    String problem = "The table %s.%s was not loaded.".formatted(schema, table.name());
    try {
      return loadOnce(table, content);
    } catch (SQLException e) {
      throw WarehouseErrors.refused(dialect, problem, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw WarehouseErrors.explained(e, problem);
    }
  }

  @Override
  public Parity compare(WarehouseTable table, long n, String inputs, Supplier<Dataset<Row>> rows) {
    String problem = "The table %s.%s was not compared.".formatted(schema, table.name());
    try (Connection connection = dialect.open()) {
      return new TableComparison(dialect, audit, tables, schema)
          .of(connection, table, new Entry(n, inputs), () -> LakeRows.of(table, rows.get()));
    } catch (SQLException e) {
      throw WarehouseErrors.refused(dialect, problem, e);
    } catch (WarehouseRows.UncheckedSqlException e) {
      throw WarehouseErrors.refused(dialect, problem, e.sql());
    }
  }

  private Output loadOnce(WarehouseTable table, TableContent content)
      throws SQLException, IOException {
    boolean changesFit = true;
    while (true) {
      Look look = look(table, content.published());
      if (look.decided().isPresent()) {
        return output(table, content, look.decided().get(), Optional.empty());
      }
      Load.Kind kind =
          changesFit
              ? LoadKinds.of(look.newest(), content)
              : Load.Kind.FULL_ROWS_WERE_NOT_AS_LOADED;
      Dataset<Row> rows =
          kind == Load.Kind.INCREMENTAL
              ? content.predecessor().orElseThrow().changes().get()
              : content.rows().get();
      // No connection waits for the files: one that is idle for long is lost in many a network.
      try (LoadFiles files = LoadFiles.write(rows, table, dialect, area);
          Connection connection = dialect.open()) {
        audit.lock(connection);
        if (!audit.newest(connection, table.name()).equals(look.newest())) {
          // Somebody else has loaded meanwhile.
          connection.rollback();
          continue;
        }
        Optional<Load> load =
            new TableLoad(connection, dialect, tables, schema, table, files)
                .apply(kind, content.published());
        if (load.isEmpty()) {
          connection.rollback();
          changesFit = false;
          continue;
        }
        audit.add(connection, table.name(), content.published());
        connection.commit();
        return output(table, content, Outcome.WRITTEN, load);
      }
    }
  }

  /**
   * How the warehouse is before a load.
   *
   * @param newest the newest load of the table
   * @param decided what came of a load that has nothing to do
   */
  private record Look(Optional<Entry> newest, Optional<Outcome> decided) {}

  private Look look(WarehouseTable table, PublishedFiles files) throws SQLException {
    try (Connection connection = dialect.open()) {
      tables.prepare(connection, audit, table);
      audit.lock(connection);
      Optional<Entry> newest = audit.newest(connection, table.name());
      Optional<Outcome> decided = decided(connection, table, files, newest);
      connection.commit();
      return new Look(newest, decided);
    }
  }

  /** What needs no load: the same rows, or those of a later batch, are there. */
  private Optional<Outcome> decided(
      Connection connection, WarehouseTable table, PublishedFiles files, Optional<Entry> newest)
      throws SQLException {
    if (newest.isPresent() && newest.get().n() > files.plan().n()) {
      return Optional.of(Outcome.SUPERSEDED);
    }
    if (newest.isEmpty() || !newest.get().inputs().equals(files.inputs())) {
      return Optional.empty();
    }
    if (newest.get().n() < files.plan().n()) {
      audit.add(connection, table.name(), files);
    }
    return Optional.of(Outcome.UNCHANGED);
  }

  private Output output(
      WarehouseTable table, TableContent content, Outcome outcome, Optional<Load> load) {
    return new Output(
        Output.Kind.WAREHOUSE_TABLE,
        table.name(),
        outcome,
        schema + "." + table.name(),
        OptionalLong.of(content.published().rows()),
        load);
  }
}
