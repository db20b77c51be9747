package dev.changelake.oracle;

import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Tells Kernel what the columns of a Parquet file are; only the model's types are known. */
final class ParquetColumns {

  private ParquetColumns() {}

  static StructType of(MessageType file) {
    StructType columns = new StructType();
    for (Type column : file.getFields()) {
      columns = columns.add(column.getName(), type(column));
    }
    return columns;
  }

  private static DataType type(Type column) {
    if (column.isPrimitive() && !column.isRepetition(Type.Repetition.REPEATED)) {
      PrimitiveTypeName stored = column.asPrimitiveType().getPrimitiveTypeName();
      LogicalTypeAnnotation meant = column.getLogicalTypeAnnotation();
      if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
        return new DecimalType(decimal.getPrecision(), decimal.getScale());
      } else if (meant instanceof StringLogicalTypeAnnotation) {
        return StringType.STRING;
      } else if (meant instanceof DateLogicalTypeAnnotation) {
        return DateType.DATE;
      } else if (meant instanceof TimestampLogicalTypeAnnotation at && at.isAdjustedToUTC()) {
        return TimestampType.TIMESTAMP;
      } else if (stored == PrimitiveTypeName.INT96) {
        return TimestampType.TIMESTAMP;
      } else if (stored == PrimitiveTypeName.BOOLEAN) {
        return BooleanType.BOOLEAN;
      } else if (stored == PrimitiveTypeName.INT32 && isPlain(meant, 32)) {
        return IntegerType.INTEGER;
      } else if (stored == PrimitiveTypeName.INT64 && isPlain(meant, 64)) {
        return LongType.LONG;
      }
    }
    throw new IllegalArgumentException("The oracle knows no columns like " + column);
  }

  private static boolean isPlain(LogicalTypeAnnotation meant, int bits) {
    return meant == null || meant.equals(LogicalTypeAnnotation.intType(bits, true));
  }
}
