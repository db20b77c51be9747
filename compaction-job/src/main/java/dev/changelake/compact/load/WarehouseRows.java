package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A query's rows, each value of its contract's type. */
final class WarehouseRows implements Iterator<ComparedRow> {
  private static final String BEFORE_FIRST_YEAR = " BC";

  private final WarehouseTable table;
  private final ResultSet found;
  private boolean more;

  WarehouseRows(WarehouseTable table, ResultSet found) throws SQLException {
    this.table = table;
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
      List<Comparable<?>> key = new ArrayList<>();
      for (String name : table.key()) {
        key.add(ComparedRow.keyPart(value(table.column(name).orElseThrow())));
      }
      List<String> cells = new ArrayList<>();
      for (Column column : table.compared()) {
        Object value = value(column);
        cells.add(value == null ? null : ComparedRow.text(column, value));
      }
      more = found.next();
      return new ComparedRow(key, cells);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private Object value(Column column) throws SQLException {
    String name = column.name();
    return switch (column.type().kind()) {
      case BIGINT -> found.getObject(name, Long.class);
      case INT -> found.getObject(name, Integer.class);
      case BOOLEAN -> found.getObject(name, Boolean.class);
      case STRING, TIME -> found.getString(name);
      case DATE -> date(found.getString(name));
      case TIMESTAMP -> instant(found.getObject(name, OffsetDateTime.class));
      case TIMESTAMP_NTZ -> found.getObject(name, LocalDateTime.class);
      case DOUBLE -> found.getObject(name, Double.class);
      case FLOAT -> found.getObject(name, Float.class);
      case BINARY -> found.getBytes(name);
      case DECIMAL -> found.getBigDecimal(name);
      case ARRAY, MAP -> throw new IllegalStateException("Arrays and maps are not compared");
    };
  }

  /** Redshift's driver takes the years before the first for those after it. */
  private static LocalDate date(String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.replace(BEFORE_FIRST_YEAR, "").split("-");
    int yearOfEra = Integer.parseInt(parts[0]);
    return LocalDate.of(
        text.endsWith(BEFORE_FIRST_YEAR) ? 1 - yearOfEra : yearOfEra,
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]));
  }

  private static Object instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
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
