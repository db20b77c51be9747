package dev.changelake.compact.delta;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether a table can hold rows of a schema beside those that it has: columns may come to it, get a
 * wider type and lose their NOT NULL, but none may go, change its type otherwise, or be required of
 * rows that were written before it.
 */
final class SchemaFit {
  /** The digits that Delta wants in front of a decimal's point when an integer becomes one. */
  private static final int INT_DIGITS = 10;

  private static final int LONG_DIGITS = 20;

  private SchemaFit() {}

  static void require(String path, StructType present, StructType wanted) {
    List<String> misfits = misfits("", present, wanted);
    if (!misfits.isEmpty()) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "The contract no longer fits the table %s.".formatted(path),
              String.join("; ", misfits) + ".",
              "Columns can be added to a contract if they are nullable, and get a wider type that holds"
                  + " each value exactly. Take back any other change, or give the changed column a new"
                  + " name; then run the command again.")
          .notRetryable();
    }
  }

  static List<String> misfits(String within, StructType present, StructType wanted) {
    List<String> misfits = new ArrayList<>();
    List<String> wantedNames = List.of(wanted.fieldNames());
    for (StructField field : present.fields()) {
      if (!wantedNames.contains(field.name())) {
        misfits.add("%s%s is in the table alone".formatted(within, field.name()));
      }
    }
    for (StructField field : wanted.fields()) {
      Arrays.stream(present.fields())
          .filter(other -> other.name().equals(field.name()))
          .findFirst()
          .ifPresentOrElse(
              other -> misfits.addAll(misfits(within, other, field)),
              () -> {
                if (!field.nullable()) {
                  misfits.add("%s%s is new and required".formatted(within, field.name()));
                }
              });
    }
    return misfits;
  }

  /**
   * The columns that get a wider type, by their quoted paths.
   *
   * @param within the quoted path of what holds the columns, with a dot behind; empty for the table
   */
  static Map<String, DataType> widenings(String within, StructType present, StructType wanted) {
    Map<String, DataType> wider = new LinkedHashMap<>();
    for (StructField field : wanted.fields()) {
      String path = within + "`" + field.name() + "`";
      DataType before = typeOf(present, field.name());
      if (before instanceof StructType struct && field.dataType() instanceof StructType after) {
        wider.putAll(widenings(path + ".", struct, after));
      } else if (before != null && isWider(before, field.dataType())) {
        wider.put(path, field.dataType());
      }
    }
    return wider;
  }

  /** The columns of the table itself that may be null from now on. */
  static List<String> loosened(StructType present, StructType wanted) {
    return Arrays.stream(wanted.fields())
        .filter(StructField::nullable)
        .map(StructField::name)
        .filter(
            name ->
                Arrays.stream(present.fields())
                    .anyMatch(field -> field.name().equals(name) && !field.nullable()))
        .toList();
  }

  private static DataType typeOf(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(name))
        .map(StructField::dataType)
        .findFirst()
        .orElse(null);
  }

  /** As Delta's type widening has it, where each value stays what it is. */
  private static boolean isWider(DataType before, DataType after) {
    if (before.equals(DataTypes.IntegerType)) {
      return after.equals(DataTypes.LongType)
          || after.equals(DataTypes.DoubleType)
          || holds(after, INT_DIGITS, 0);
    }
    if (before.equals(DataTypes.LongType)) {
      return holds(after, LONG_DIGITS, 0);
    }
    return before.equals(DataTypes.FloatType)
        ? after.equals(DataTypes.DoubleType)
        : before instanceof DecimalType decimal
            && !before.equals(after)
            && holds(after, decimal.precision(), decimal.scale());
  }

  private static boolean holds(DataType type, int precision, int scale) {
    return type instanceof DecimalType decimal
        && decimal.scale() >= scale
        && decimal.precision() - decimal.scale() >= precision - scale;
  }

  private static List<String> misfits(String within, StructField present, StructField wanted) {
    String name = within + wanted.name();
    if (present.dataType() instanceof StructType before
        && wanted.dataType() instanceof StructType after) {
      return misfits(name + ".", before, after);
    }
    return present.dataType().sameType(wanted.dataType())
            || isWider(present.dataType(), wanted.dataType())
        ? List.of()
        : List.of(
            "%s is %s in the table and %s in the contract"
                .formatted(name, present.dataType().sql(), wanted.dataType().sql()));
  }
}
