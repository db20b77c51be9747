package dev.changelake.compact.changelog;

import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of state tables beside the contract's: where each row's last change came from. */
public final class StateColumns {
  /** The table that feeds the row; in tables with feeds alone. */
  public static final String SOURCE = "_source";

  /** The row's key in its source, as a JSON object; in tables with feeds alone. */
  public static final String SOURCE_KEY = "_source_key";

  public static final String TOPIC = "_topic";
  public static final String PARTITION = "_partition";
  public static final String OFFSET = "_offset";

  /** The greatest lsn that was applied to the key; a change below it is a replay. */
  public static final String LSN = "_lsn";

  /**
   * {@code source.ts_ms} of the last change: when its transaction committed, in milliseconds since
   * 1970; null where the source does not tell.
   */
  public static final String SOURCE_TS_MS = "_source_ts_ms";

  /** The number of the plan that changed the row last. */
  public static final String N = "_n";

  /** The columns whose values are not known, since the source never sent them; null if all are. */
  public static final String UNAVAILABLE = "_unavailable";

  private StateColumns() {}

  /** The schema of a target's state. */
  public static StructType schema(TableContract contract) {
    return withProvenance(SparkTypes.struct(contract.storedColumns()), contract)
        .add(UNAVAILABLE, DataTypes.createArrayType(DataTypes.StringType, false), true);
  }

  /** The schema of the positions of keys that have no row. */
  public static StructType absentSchema(TableContract contract) {
    return withProvenance(
        contract.feeds().isEmpty() ? SparkTypes.struct(contract.keyColumns()) : new StructType(),
        contract);
  }

  /**
   * The columns that identify what a change is about: the key, or, where several sources feed the
   * table, the source and the key in it.
   */
  public static List<String> identity(TableContract contract) {
    return contract.feeds().isEmpty() ? contract.key() : List.of(SOURCE, SOURCE_KEY);
  }

  /** The names of the provenance columns of a target, in order. */
  public static List<String> provenance(TableContract contract) {
    List<String> names = new ArrayList<>();
    if (!contract.feeds().isEmpty()) {
      names.addAll(List.of(SOURCE, SOURCE_KEY));
    }
    names.addAll(List.of(TOPIC, PARTITION, OFFSET, LSN, SOURCE_TS_MS, N));
    return names;
  }

  private static StructType withProvenance(StructType columns, TableContract contract) {
    StructType schema = columns;
    for (String name : provenance(contract)) {
      StructField field =
          switch (name) {
            case PARTITION -> DataTypes.createStructField(name, DataTypes.IntegerType, false);
            case OFFSET, N -> DataTypes.createStructField(name, DataTypes.LongType, false);
            case LSN, SOURCE_TS_MS -> DataTypes.createStructField(name, DataTypes.LongType, true);
            default -> DataTypes.createStructField(name, DataTypes.StringType, false);
          };
      schema = schema.add(field);
    }
    return schema;
  }
}
