package dev.changelake.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of a column, in the words of a contract: {@code bigint}, {@code decimal(18,2)}. */
public record ColumnType(Kind kind, int precision, int scale) {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\(([1-9]\\d?),(0|[1-9]\\d?)\\)");

  /** The kinds of type that a contract knows. */
  public enum Kind {
    BIGINT,
    INT,
    BOOLEAN,
    STRING,
    /** A calendar day without a time zone. */
    DATE,
    /** An instant in UTC, exact to the microsecond. */
    TIMESTAMP,
    /** An exact number of at most 38 digits. */
    DECIMAL
  }

  public ColumnType {
    if (kind == Kind.DECIMAL) {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "a decimal has 1 to 38 digits, of which at most all are fractional, was "
                + text(kind, precision, scale));
      }
    } else if (precision != 0 || scale != 0) {
      throw new IllegalArgumentException("only a decimal has precision and scale");
    }
  }

  /** Reads a type as contracts write it; each type has one spelling. */
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return new ColumnType(
          Kind.DECIMAL, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.DECIMAL && text(kind, 0, 0).equals(text)) {
        return new ColumnType(kind, 0, 0);
      }
    }
    throw new IllegalArgumentException(
        "unknown type %s; known are bigint, int, boolean, string, date, timestamp, decimal(p,s)"
            .formatted(text));
  }

  @Override
  public String toString() {
    return text(kind, precision, scale);
  }

  private static String text(Kind kind, int precision, int scale) {
    return switch (kind) {
      case BIGINT -> "bigint";
      case INT -> "int";
      case BOOLEAN -> "boolean";
      case STRING -> "string";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
    };
  }
}
