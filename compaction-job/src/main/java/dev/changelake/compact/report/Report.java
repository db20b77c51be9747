package dev.changelake.compact.report;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType.Kind;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One report: a query on the tables of a batch, and what it promises of its rows.
 *
 * @param name its name in the lake and in the warehouse
 * @param columns the columns of its rows, in order
 * @param key columns that identify a row; no two rows agree in all of them
 * @param sql the query; {@code session.business_date} is the batch's business date
 */
public record Report(
    String name, String description, List<Column> columns, List<String> key, String sql) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public Report {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("its name must be lower case letters, digits and _");
    }
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(sql, "sql");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("column " + column.name() + " stands twice");
      }
      // Spark adds numbers up in any order, and these would say which it was.
      if (column.type().kind() == Kind.DOUBLE || column.type().kind() == Kind.FLOAT) {
        throw new IllegalArgumentException(
            "column %s is a %s, of which sums are not repeatable: make it a decimal(p,s)"
                .formatted(column.name(), column.type()));
      }
      if (!column.type().kind().isScalar()) {
        throw new IllegalArgumentException(
            "column %s is a %s, for which CSV has no form: make it a row for each element, or a string"
                .formatted(column.name(), column.type()));
      }
      if (key.contains(column.name()) && !column.type().kind().canBeKey()) {
        throw new IllegalArgumentException(
            "its key has %s, a %s, which identifies no row"
                .formatted(column.name(), column.type()));
      }
    }
    if (columns.isEmpty() || key.isEmpty() || !names.containsAll(key)) {
      throw new IllegalArgumentException("it must have columns, and a key of some of them");
    }
  }

  /** Whether the query speaks of a table; names of tables are the same in any case. */
  public boolean uses(String table) {
    return Pattern.compile("\\b" + Pattern.quote(table) + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }

  /** The tables of a batch's contracts that the query speaks of and the batch does not have yet. */
  public List<String> missing(Manifest manifest, TableContracts contracts) {
    return contracts.targets().stream()
        .map(TableContract::table)
        .filter(table -> uses(table) && manifest.tableVersion(table).isEmpty())
        .toList();
  }
}
