package dev.changelake.oracle;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Writes tiny Delta tables by Kernel; cells are Kernel's own (days, microseconds, strings …). */
final class DeltaTables {

  static final StructType SCHEMA =
      new StructType()
          .add("id", LongType.LONG, false)
          .add("flag", BooleanType.BOOLEAN)
          .add("number", IntegerType.INTEGER)
          .add("text", StringType.STRING)
          .add("day", DateType.DATE)
          .add("at", TimestampType.TIMESTAMP)
          .add("price", new DecimalType(18, 2));

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final String path;

  DeltaTables(String path) {
    this.path = path;
  }

  void create(List<Object[]> rows) throws IOException {
    write(
        TableManager.buildCreateTableTransaction(path, SCHEMA, "oracle-test")
            .withTableProperties(Map.of("delta.enableDeletionVectors", "true"))
            .build(engine),
        rows);
  }

  void append(List<Object[]> rows) throws IOException {
    write(
        TableManager.loadSnapshot(path)
            .build(engine)
            .buildUpdateTableTransaction("oracle-test", Operation.WRITE)
            .build(engine),
        rows);
  }

  private void write(Transaction transaction, List<Object[]> rows) throws IOException {
    Row state = transaction.getTransactionState(engine);
    CloseableIterator<FilteredColumnarBatch> physical =
        Transaction.transformLogicalData(
            engine,
            state,
            Utils.singletonCloseableIterator(
                new FilteredColumnarBatch(new Batch(rows), Optional.empty())),
            Map.of());
    DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
    CloseableIterator<DataFileStatus> files =
        engine
            .getParquetHandler()
            .writeParquetFiles(
                context.getTargetDirectory(), physical, context.getStatisticsColumns());
    transaction.commit(
        engine,
        CloseableIterable.inMemoryIterable(
            Transaction.generateAppendActions(engine, state, files, context)));
  }

  private record Batch(List<Object[]> rows) implements ColumnarBatch {

    @Override
    public StructType getSchema() {
      return SCHEMA;
    }

    @Override
    public ColumnVector getColumnVector(int ordinal) {
      return new Vector(SCHEMA.at(ordinal).getDataType(), rows, ordinal);
    }

    @Override
    public int getSize() {
      return rows.size();
    }
  }

  private record Vector(DataType type, List<Object[]> rows, int ordinal) implements ColumnVector {

    private Object cell(int row) {
      return rows.get(row)[ordinal];
    }

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return rows.size();
    }

    @Override
    public void close() {}

    @Override
    public boolean isNullAt(int row) {
      return cell(row) == null;
    }

    @Override
    public boolean getBoolean(int row) {
      return (Boolean) cell(row);
    }

    @Override
    public int getInt(int row) {
      return (Integer) cell(row);
    }

    @Override
    public long getLong(int row) {
      return (Long) cell(row);
    }

    @Override
    public String getString(int row) {
      return (String) cell(row);
    }

    @Override
    public BigDecimal getDecimal(int row) {
      return (BigDecimal) cell(row);
    }
  }
}
