package dev.changelake.compact.fold;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.order.ChangeKind;
import dev.changelake.compact.order.FirstSeen;
import dev.changelake.compact.order.Image;
import dev.changelake.compact.order.Image.Membership;
import dev.changelake.compact.order.KeyChange;
import dev.changelake.compact.order.KeyRule;
import dev.changelake.compact.order.NewestState;
import dev.changelake.compact.order.Place;
import dev.changelake.compact.order.StoredKey;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the fold's rows as what the rule works on; it goes to the executors. */
final class KeyColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean append;
  private final List<String> names;
  private final Set<Integer> required;
  private final UnavailablePolicy policy;
  private final Set<String> topicsOfReplays;

  KeyColumns(TableContract target, Set<String> topicsOfReplays) {
    List<Column> stored = target.storedColumns();
    this.append = target.mode() == TableMode.APPEND;
    this.names = stored.stream().map(Column::name).toList();
    this.required =
        IntStream.range(0, stored.size())
            .filter(i -> !stored.get(i).nullable())
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
    this.policy = target.unavailable();
    this.topicsOfReplays = new TreeSet<>(topicsOfReplays);
  }

  KeyRule rule() {
    return append ? new FirstSeen() : newestState();
  }

  NewestState newestState() {
    return new NewestState(names.size(), required, policy, topicsOfReplays);
  }

  /** The columns of what comes out of the rule: a row a key. */
  static StructType resultSchema(TableContract target) {
    StructType stored = StateColumns.schema(target);
    StructType schema = new StructType();
    for (String name : StateColumns.identity(target)) {
      schema = schema.add(name, stored.apply(name).dataType(), true);
    }
    return schema
        .add(StateColumns.TOPIC, DataTypes.StringType, true)
        .add(StateColumns.PARTITION, DataTypes.IntegerType, true)
        .add(StateColumns.OFFSET, DataTypes.LongType, true)
        .add(StateColumns.SOURCE_TS_MS, DataTypes.LongType, true)
        .add(FoldColumns.KIND, DataTypes.StringType, true)
        .add(FoldColumns.ROW, rowType(target), true)
        .add(StateColumns.UNAVAILABLE, stored.apply(StateColumns.UNAVAILABLE).dataType(), true)
        .add(FoldColumns.GUARD, DataTypes.LongType, true)
        .add(FoldColumns.OWNED, SparkTypes.nullableStruct(target.keyColumns()), true)
        .add(FoldColumns.WAS_ABSENT, DataTypes.BooleanType, true)
        .add(FoldColumns.SUPERSEDED, DataTypes.LongType, false)
        .add(FoldColumns.REPLAYS, DataTypes.LongType, false)
        .add(FoldColumns.TOMBSTONES, DataTypes.LongType, false)
        .add(FoldColumns.UNRESOLVED, DataTypes.LongType, false)
        .add(FoldColumns.UNDECIDED, DataTypes.LongType, false)
        .add(FoldColumns.FELL_BACK, DataTypes.LongType, false)
        .add(
            FoldColumns.STOPPED_AT,
            new StructType()
                .add(StateColumns.TOPIC, DataTypes.StringType)
                .add(StateColumns.PARTITION, DataTypes.IntegerType)
                .add(StateColumns.OFFSET, DataTypes.LongType),
            true);
  }

  static StructType rowType(TableContract target) {
    return SparkTypes.nullableStruct(target.storedColumns());
  }

  KeyChange change(Row record) {
    ChangeKind kind = ChangeKind.fromCode(record.getAs(FoldColumns.KIND));
    return new KeyChange(
        kind,
        new Place(
            record.getAs(StateColumns.TOPIC),
            record.<Integer>getAs(StateColumns.PARTITION),
            record.<Long>getAs(StateColumns.OFFSET)),
        record.<Integer>getAs(FoldColumns.EPOCH),
        record.getAs(FoldColumns.LSN),
        record.getAs(FoldColumns.TS_MS),
        record.<Boolean>getAs(FoldColumns.PAIRED_BEFORE),
        record.<Boolean>getAs(FoldColumns.AGAIN),
        kind.leavesRow() ? image(record) : null);
  }

  private Image image(Row record) {
    Boolean isRow = record.getAs(FoldColumns.IS_ROW);
    Membership membership =
        isRow == null ? Membership.UNKNOWN : isRow ? Membership.ROW : Membership.NO_ROW;
    return new Image(
        cells(record.getAs(FoldColumns.ROW)), positions(record, FoldColumns.LEFT_OUT), membership);
  }

  /** What was stored of the key, which each of its records says. */
  StoredKey stored(Row record) {
    boolean hasRow = record.getAs(FoldColumns.OWNED) != null;
    Row row = hasRow ? record.getAs(FoldColumns.STORED_ROW) : null;
    Integer epoch = record.getAs(FoldColumns.STORED_EPOCH);
    return new StoredKey(
        epoch == null ? 0 : epoch,
        record.getAs(FoldColumns.STORED_LSN),
        record.getAs(FoldColumns.STORED_TS_MS),
        hasRow,
        row == null
            ? null
            : new Image(
                cells(row), positions(record, FoldColumns.STORED_UNAVAILABLE), Membership.ROW),
        Boolean.TRUE.equals(record.<Boolean>getAs(FoldColumns.UNREADABLE_SINCE)),
        Optional.ofNullable(record.<Row>getAs(FoldColumns.STORED_PLACE))
            .map(place -> new Place(place.getString(0), place.getInt(1), place.getLong(2))));
  }

  private static Object[] cells(Row row) {
    Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i);
    }
    return cells;
  }

  private Set<Integer> positions(Row record, String column) {
    int at = record.fieldIndex(column);
    if (record.isNullAt(at)) {
      return Set.of();
    }
    Set<Integer> positions = new TreeSet<>();
    record.<String>getList(at).forEach(name -> positions.add(names.indexOf(name)));
    return positions;
  }

  String[] namesOf(Set<Integer> positions) {
    return positions.stream().sorted().map(names::get).toArray(String[]::new);
  }
}
