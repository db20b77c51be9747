package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    /** A time of day, exact to the microsecond, kept as text: {@code 23:59:59.999999}. */
    TIME,
    /** An instant in UTC, exact to the microsecond. */
    TIMESTAMP,
    /** A reading of a local clock and calendar, exact to the microsecond, without a time zone. */
    TIMESTAMP_NTZ,
    /** An exact number of at most 38 digits. */
    DECIMAL,
    /** A binary floating-point number of 64 bits. */
    DOUBLE,
    /** A binary floating-point number of 32 bits. */
    FLOAT,
    /** Bytes. */
    BINARY;

    /** Whether equal values are told apart from others in every place, as a key needs it. */
    public boolean canBeKey() {
      return this != DOUBLE && this != FLOAT && this != BINARY;
    }

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String KNOWN =
      Arrays.stream(Kind.values())
          .map(kind -> kind == Kind.DECIMAL ? "decimal(p,s)" : kind.code())
          .collect(Collectors.joining(", "));

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
      if (kind != Kind.DECIMAL && kind.code().equals(text)) {
        return new ColumnType(kind, 0, 0);
      }
    }
    throw new IllegalArgumentException("unknown type %s; known are %s".formatted(text, KNOWN));
  }

  @Override
  public String toString() {
    return text(kind, precision, scale);
  }

  private static String text(Kind kind, int precision, int scale) {
    return kind == Kind.DECIMAL ? "decimal(" + precision + "," + scale + ")" : kind.code();
  }
}
