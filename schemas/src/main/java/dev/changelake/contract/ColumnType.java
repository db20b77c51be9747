package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a column, in the words of a contract: {@code bigint}, {@code decimal(18,2)}, {@code
 * array<date>}.
 *
 * @param element the type of an array's elements, which is no array and no map; any may be null
 */
public record ColumnType(Kind kind, int precision, int scale, Optional<ColumnType> element) {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\(([1-9]\\d?),(0|[1-9]\\d?)\\)");
  private static final int MAX_DIGITS = 38;

  /** The digits that Delta wants in front of a decimal's point when an integer becomes one. */
  private static final int INT_DIGITS = 10;

  private static final int BIGINT_DIGITS = 20;

  private static final Pattern ARRAY = Pattern.compile("array<([^<>]+)>");

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
    BINARY,
    /** A list of values of one type, of one dimension. */
    ARRAY,
    /** Texts by texts, in no order; a value may be null, a key may not. */
    MAP;

    /** Whether equal values are told apart from others in every place, as a key needs it. */
    public boolean canBeKey() {
      return isScalar() && this != DOUBLE && this != FLOAT && this != BINARY;
    }

    /** Whether a value has no further values in it. */
    public boolean isScalar() {
      return this != ARRAY && this != MAP;
    }

    private String code() {
      return this == MAP ? "map<string,string>" : name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String KNOWN =
      Arrays.stream(Kind.values())
          .map(
              kind ->
                  switch (kind) {
                    case DECIMAL -> "decimal(p,s)";
                    case ARRAY -> "array<type>";
                    default -> kind.code();
                  })
          .collect(Collectors.joining(", "));

  public ColumnType {
    if (element.isPresent() != (kind == Kind.ARRAY)) {
      throw new IllegalArgumentException("an array has elements of a type, and nothing else has");
    }
    if (element.filter(type -> !type.kind().isScalar()).isPresent()) {
      throw new IllegalArgumentException(
          "the elements of an array are no arrays and no maps, were " + element.get());
    }
    if (kind == Kind.DECIMAL) {
      if (precision < 1 || precision > MAX_DIGITS || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "a decimal has 1 to 38 digits, of which at most all are fractional, was "
                + text(kind, precision, scale, element));
      }
    } else if (precision != 0 || scale != 0) {
      throw new IllegalArgumentException("only a decimal has precision and scale");
    }
  }

  /** A type without elements. */
  public ColumnType(Kind kind, int precision, int scale) {
    this(kind, precision, scale, Optional.empty());
  }

  /** Reads a type as contracts write it; each type has one spelling. */
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return new ColumnType(
          Kind.DECIMAL, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher array = ARRAY.matcher(text);
    if (array.matches()) {
      return new ColumnType(Kind.ARRAY, 0, 0, Optional.of(parse(array.group(1))));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.DECIMAL && kind != Kind.ARRAY && kind.code().equals(text)) {
        return new ColumnType(kind, 0, 0);
      }
    }
    throw new IllegalArgumentException("unknown type %s; known are %s".formatted(text, KNOWN));
  }

  /**
   * Whether a column of this type can become one of the other with each value staying exactly what
   * it is, by what Delta's type widening can do.
   */
  public boolean fitsIn(ColumnType wider) {
    if (equals(wider)) {
      return true;
    }
    return switch (kind) {
      case INT ->
          wider.kind == Kind.BIGINT
              || wider.kind == Kind.DOUBLE
              || decimal(INT_DIGITS).fitsIn(wider);
      case BIGINT -> decimal(BIGINT_DIGITS).fitsIn(wider);
      case FLOAT -> wider.kind == Kind.DOUBLE;
      case DECIMAL ->
          wider.kind == Kind.DECIMAL
              && wider.scale >= scale
              && wider.precision - wider.scale >= precision - scale;
      default -> false;
    };
  }

  /** The narrowest type that this one and the other fit in; empty if there is none. */
  public Optional<ColumnType> join(ColumnType other) {
    if (fitsIn(other)) {
      return Optional.of(other);
    }
    if (other.fitsIn(this)) {
      return Optional.of(this);
    }
    Optional<ColumnType> one = asDecimal();
    Optional<ColumnType> two = other.asDecimal();
    if (one.isEmpty() || two.isEmpty()) {
      return Optional.empty();
    }
    int fraction = Math.max(one.get().scale, two.get().scale);
    int digits =
        fraction
            + Math.max(
                one.get().precision - one.get().scale, two.get().precision - two.get().scale);
    return digits > MAX_DIGITS
        ? Optional.empty()
        : Optional.of(new ColumnType(Kind.DECIMAL, digits, fraction));
  }

  private Optional<ColumnType> asDecimal() {
    return switch (kind) {
      case INT -> Optional.of(decimal(INT_DIGITS));
      case BIGINT -> Optional.of(decimal(BIGINT_DIGITS));
      case DECIMAL -> Optional.of(this);
      default -> Optional.empty();
    };
  }

  private static ColumnType decimal(int digits) {
    return new ColumnType(Kind.DECIMAL, digits, 0);
  }

  @Override
  public String toString() {
    return text(kind, precision, scale, element);
  }

  private static String text(Kind kind, int precision, int scale, Optional<ColumnType> element) {
    return switch (kind) {
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      case ARRAY -> "array<" + element.orElseThrow() + ">";
      default -> kind.code();
    };
  }
}
