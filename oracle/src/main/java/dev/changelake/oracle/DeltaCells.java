package dev.changelake.oracle;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns Kernel's vectors into the cells that the oracle states. */
final class DeltaCells {

  private DeltaCells() {}

  static SortedMap<String, Object> of(ColumnarBatch batch, int row) {
    StructType schema = batch.getSchema();
    SortedMap<String, Object> cells = new TreeMap<>();
    for (int i = 0; i < schema.length(); i++) {
      cells.put(schema.at(i).getName(), cell(batch.getColumnVector(i), row));
    }
    return cells;
  }

  private static Object cell(ColumnVector vector, int row) {
    DataType type = vector.getDataType();
    if (vector.isNullAt(row)) {
      return null;
    } else if (type instanceof LongType) {
      return vector.getLong(row);
    } else if (type instanceof IntegerType) {
      return vector.getInt(row);
    } else if (type instanceof BooleanType) {
      return vector.getBoolean(row);
    } else if (type instanceof StringType) {
      return vector.getString(row);
    } else if (type instanceof DateType) {
      return LocalDate.ofEpochDay(vector.getInt(row));
    } else if (type instanceof TimestampType) {
      return Instant.EPOCH.plus(vector.getLong(row), ChronoUnit.MICROS);
    } else if (type instanceof DecimalType decimal) {
      return vector.getDecimal(row).setScale(decimal.getScale());
    }
    throw new IllegalArgumentException("The oracle knows no cells of type " + type);
  }
}
