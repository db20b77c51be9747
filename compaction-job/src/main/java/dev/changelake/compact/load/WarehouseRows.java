package dev.changelake.compact.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A query's rows of all of a table's columns. */
final class WarehouseRows implements Iterator<ComparedRow> {
  private final WarehouseTable table;
  private final List<Integer> keyAt;
  private final ResultSet found;
  private boolean more;

  WarehouseRows(WarehouseTable table, ResultSet found) throws SQLException {
    this.table = table;
    this.keyAt = table.keyAt();
    this.found = found;
    this.more = found.next();
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public ComparedRow next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    try {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        values.add(WarehouseCell.of(table.columns().get(i).type(), found, i + 1));
      }
      more = found.next();
      return ComparedRow.of(table.columns(), keyAt, values);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** What a database refused while its rows were read. */
  static final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UncheckedSqlException(SQLException cause) {
      super(cause);
    }

    SQLException sql() {
      return (SQLException) getCause();
    }
  }
}
