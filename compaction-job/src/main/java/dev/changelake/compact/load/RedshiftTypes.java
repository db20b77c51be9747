package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.util.OptionalInt;

/** The type of Redshift that holds each value of a contract's. */
final class RedshiftTypes {
  /** The most that a VARCHAR holds, in bytes. */
  private static final int LONGEST_TEXT = 65_535;

  /** The most that a VARBYTE holds. */
  private static final int MOST_BYTES = 16_777_216;

  /** A character takes up to four bytes in UTF-8. */
  private static final int BYTES_A_CHARACTER = 4;

  private RedshiftTypes() {}

  static String of(Column column) {
    OptionalInt bytes = mostBytes(column);
    return bytes.isPresent() ? "varchar(%d)".formatted(bytes.getAsInt()) : of(column.type());
  }

  private static String of(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT -> "bigint";
      case INT -> "integer";
      case BOOLEAN -> "boolean";
      case STRING -> "varchar(%d)".formatted(LONGEST_TEXT);
      case DATE -> "date";
      case TIME -> "time";
      case TIMESTAMP -> "timestamptz";
      case TIMESTAMP_NTZ -> "timestamp";
      case DOUBLE -> "double precision";
      case FLOAT -> "real";
      case BINARY -> "varbyte(%d)".formatted(MOST_BYTES);
      case ARRAY, MAP -> "super";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
    };
  }

  /**
   * How many bytes a text may have; empty for other types. A contract's {@code varchar(n)} counts
   * characters, Redshift's counts bytes.
   */
  static OptionalInt mostBytes(Column column) {
    if (column.type().kind() != ColumnType.Kind.STRING) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        column
            .mostCharacters()
            .map(characters -> Math.min(LONGEST_TEXT, (long) characters * BYTES_A_CHARACTER))
            .map(Long::intValue)
            .orElse(LONGEST_TEXT));
  }
}
