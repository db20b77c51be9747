package dev.changelake.compact.delta;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether a table can hold rows of a schema beside those that it has: columns may come to it, but
 * none may go, change its type, or be required of rows that were written before it.
 */
final class SchemaFit {
  private SchemaFit() {}

  static void require(String path, StructType present, StructType wanted) {
    List<String> misfits = misfits("", present, wanted);
    if (!misfits.isEmpty()) {
      throw new ChangelakeException(
              ErrorCategory.TABLE,
              "The contract no longer fits the table %s.".formatted(path),
              String.join("; ", misfits) + ".",
              "Columns can be added to a contract if they are nullable. Take back any other change, or"
                  + " give the changed column a new name; then run the command again.")
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

  private static List<String> misfits(String within, StructField present, StructField wanted) {
    String name = within + wanted.name();
    if (present.dataType() instanceof StructType before
        && wanted.dataType() instanceof StructType after) {
      return misfits(name + ".", before, after);
    }
    return present.dataType().sameType(wanted.dataType())
        ? List.of()
        : List.of(
            "%s is %s in the table and %s in the contract"
                .formatted(name, present.dataType().sql(), wanted.dataType().sql()));
  }
}
