package dev.changelake.compact.changelog;

import dev.changelake.contract.TableContract;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a topic's change log, which has one row for each Kafka record. */
public final class ChangeLogColumns {
  /** The plan's number. */
  public static final String N = "n";

  /** The plan's revision; of several, the highest counts. */
  public static final String R = "r";

  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /** Kafka's record timestamp; it decides nothing. */
  public static final String TIMESTAMP = "timestamp";

  /** The record's key, value and headers as they came. */
  public static final String KEY = "key";

  public static final String VALUE = "value";
  public static final String HEADERS = "headers";

  public static final String OP = "op";
  public static final String LSN = "lsn";
  public static final String TX_ID = "tx_id";

  /** {@code source.ts_ms}: when the transaction committed; null where it is not known. */
  public static final String SOURCE_TS_MS = "source_ts_ms";

  /** Where the record comes from: the connector's name, the database and the schema. */
  public static final String SOURCE = "source";

  public static final String SOURCE_NAME = "name";
  public static final String SOURCE_DB = "db";
  public static final String SOURCE_SCHEMA = "schema";

  /** The code of a {@link dev.changelake.envelope.RecordStatus}. */
  public static final String STATUS = "status";

  public static final String REASON = "reason";

  /** What a control record is: the code of a {@link dev.changelake.envelope.ControlKind}. */
  public static final String CONTROL = "control";

  /** The fingerprint of the contract by which the record was decoded. */
  public static final String CONTRACT = "contract";

  /** The decoded key. */
  public static final String ROW_KEY = "row_key";

  public static final String BEFORE = "before";
  public static final String AFTER = "after";

  /** The columns of {@link #AFTER} that the source left out, since they did not change; or null. */
  public static final String UNAVAILABLE = "unavailable";

  /** The key that the row had before, where the insert of a changed key leaves values out. */
  public static final String OLD_KEY = "old_key";

  /** In a replay, the plan that landed the record first; null else. */
  public static final String REPLAY_OF = "replay_of";

  private ChangeLogColumns() {}

  /** The schema of the log of a contract's topic. */
  public static StructType schema(TableContract contract) {
    return new StructType()
        .add(N, DataTypes.LongType, false)
        .add(R, DataTypes.IntegerType, false)
        .add(TOPIC, DataTypes.StringType, false)
        .add(PARTITION, DataTypes.IntegerType, false)
        .add(OFFSET, DataTypes.LongType, false)
        .add(TIMESTAMP, DataTypes.TimestampType, true)
        .add(OP, DataTypes.StringType, true)
        .add(LSN, DataTypes.LongType, true)
        .add(TX_ID, DataTypes.LongType, true)
        .add(SOURCE_TS_MS, DataTypes.LongType, true)
        .add(
            SOURCE,
            new StructType()
                .add(SOURCE_NAME, DataTypes.StringType, true)
                .add(SOURCE_DB, DataTypes.StringType, true)
                .add(SOURCE_SCHEMA, DataTypes.StringType, true),
            true)
        .add(STATUS, DataTypes.StringType, false)
        .add(REASON, DataTypes.StringType, true)
        .add(CONTROL, DataTypes.StringType, true)
        .add(CONTRACT, DataTypes.StringType, false)
        .add(ROW_KEY, SparkTypes.nullableStruct(contract.keyColumns()), true)
        .add(BEFORE, SparkTypes.nullableStruct(contract.columns()), true)
        .add(AFTER, SparkTypes.nullableStruct(contract.columns()), true)
        .add(UNAVAILABLE, DataTypes.createArrayType(DataTypes.StringType, false), true)
        .add(OLD_KEY, SparkTypes.nullableStruct(contract.keyColumns()), true)
        .add(REPLAY_OF, DataTypes.LongType, true)
        .add(KEY, DataTypes.BinaryType, true)
        .add(VALUE, DataTypes.BinaryType, true)
        .add(
            HEADERS,
            DataTypes.createArrayType(
                new StructType()
                    .add("key", DataTypes.StringType, true)
                    .add("value", DataTypes.BinaryType, true)),
            true);
  }
}
