package dev.changelake.compact.drift;

import dev.changelake.compact.land.ContractSource;
import dev.changelake.contract.ColumnChange;
import dev.changelake.envelope.Drift;
import dev.changelake.envelope.DriftFinder;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Looks for drift in quarantined records, in the executors. */
final class FindDrift implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final String KIND = "kind";
  static final String COLUMN = "column";
  static final String FROM = "from";
  static final String TO = "to";
  static final String TYPE = "type";
  static final String NULLABLE = "nullable";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";

  /** A row for each drift of each record; type and nullable are of the change, if there is one. */
  static final StructType SCHEMA =
      new StructType()
          .add(KIND, DataTypes.StringType, false)
          .add(COLUMN, DataTypes.StringType, false)
          .add(FROM, DataTypes.StringType, false)
          .add(TO, DataTypes.StringType, false)
          .add(TYPE, DataTypes.StringType, true)
          .add(NULLABLE, DataTypes.BooleanType, true)
          .add(PARTITION, DataTypes.IntegerType, false)
          .add(OFFSET, DataTypes.LongType, false);

  private final ContractSource contract;

  FindDrift(ContractSource contract) {
    this.contract = contract;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    DriftFinder finder = new DriftFinder(contract.read());
    Iterable<Row> all = () -> records;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(
            record ->
                finder.find(record.getAs(2), record.getAs(3)).stream()
                    .map(drift -> row(drift, record.getInt(0), record.getLong(1))))
        .iterator();
  }

  private static Row row(Drift drift, int partition, long offset) {
    return RowFactory.create(
        drift.kind().code(),
        drift.column(),
        drift.from(),
        drift.to(),
        drift.change().map(change -> change.type().toString()).orElse(null),
        drift.change().map(ColumnChange::nullable).orElse(null),
        partition,
        offset);
  }
}
