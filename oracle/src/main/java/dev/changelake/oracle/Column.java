package dev.changelake.oracle;

import java.util.Objects;

/** A column of a change record's row. */
public record Column(String name, ColumnType type, boolean nullable) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  static Column required(String name, ColumnType type) {
    return new Column(name, type, false);
  }

  static Column optional(String name, ColumnType type) {
    return new Column(name, type, true);
  }
}
