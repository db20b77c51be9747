package dev.changelake.compact.changelog;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark's types of a contract's columns. */
public final class SparkTypes {
  private SparkTypes() {}

  /** The struct of these columns, each nullable as the contract says. */
  public static StructType struct(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(column -> field(column, column.nullable()))
            .toArray(StructField[]::new));
  }

  /** The struct of these columns, each nullable: for images that may lack any. */
  public static StructType nullableStruct(List<Column> columns) {
    return new StructType(
        columns.stream().map(column -> field(column, true)).toArray(StructField[]::new));
  }

  private static StructField field(Column column, boolean nullable) {
    return DataTypes.createStructField(column.name(), of(column.type()), nullable);
  }

  /** Spark's type of a column. */
  public static DataType of(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT -> DataTypes.LongType;
      case INT -> DataTypes.IntegerType;
      case BOOLEAN -> DataTypes.BooleanType;
      // Text keeps 24:00:00, which PostgreSQL has and Spark has not.
      case STRING, TIME -> DataTypes.StringType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case TIMESTAMP_NTZ -> DataTypes.TimestampNTZType;
      case DOUBLE -> DataTypes.DoubleType;
      case FLOAT -> DataTypes.FloatType;
      case BINARY -> DataTypes.BinaryType;
      case ARRAY -> DataTypes.createArrayType(of(type.element().orElseThrow()), true);
      case MAP -> DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true);
      case DECIMAL -> DataTypes.createDecimalType(type.precision(), type.scale());
    };
  }
}
