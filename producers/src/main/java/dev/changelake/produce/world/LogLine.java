package dev.changelake.produce.world;

import java.time.LocalDate;
import java.util.Map;

/** A line of a day's web log; {@code number} counts from 1. */
public record LogLine(LocalDate date, long number, String line) implements TableRow {
  public static final String TABLE = "weblogs";

  public LogLine {
    if (number < 1) {
      throw new IllegalArgumentException("lines are numbered from 1, was " + number);
    }
  }

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("log_date", date)
        .with("line_number", number)
        .with("line", line)
        .map();
  }
}
