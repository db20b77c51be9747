package dev.changelake.compact.fold;

import dev.changelake.compact.order.KeyChange;
import dev.changelake.compact.order.KeyCounts;
import dev.changelake.compact.order.KeyResult;
import dev.changelake.compact.order.KeyRule;
import dev.changelake.compact.order.OwnChanges;
import dev.changelake.compact.order.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Applies the rule to the records of one key, in the executors: one row comes out. */
final class KeyFold implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final KeyColumns columns;

  KeyFold(KeyColumns columns) {
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> records) {
    KeyRecords changes = new KeyRecords(columns, records);
    KeyRule rule = columns.rule();
    KeyResult result =
        rule.fold(columns.stored(changes.first()), new OwnChanges(changes), changes.several());
    return List.of(row(key, changes.first(), result)).iterator();
  }

  /** The order of columns is that of {@link KeyColumns#resultSchema}. */
  private Row row(Row key, Row first, KeyResult result) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(key.get(i));
    }
    Optional<KeyChange> winner = result.winner();
    Optional<Place> place = winner.map(KeyChange::place);
    values.add(place.map(Place::topic).orElse(null));
    values.add(place.map(Place::partition).orElse(null));
    values.add(place.map(Place::offset).orElse(null));
    values.add(result.tsMs());
    values.add(winner.map(change -> change.kind().code()).orElse(null));
    values.add(result.row().map(row -> RowFactory.create(row.cells())).orElse(null));
    values.add(
        result
            .row()
            .filter(row -> !row.unknown().isEmpty())
            .map(row -> columns.namesOf(row.unknown()))
            .orElse(null));
    values.add(result.lsn());
    values.add(first.getAs(FoldColumns.OWNED));
    values.add(first.getAs(FoldColumns.WAS_ABSENT));
    KeyCounts counts = result.counts();
    values.add(counts.superseded());
    values.add(counts.replays());
    values.add(counts.tombstones());
    values.add(counts.unresolved());
    values.add(counts.undecided());
    values.add(counts.fellBack());
    values.add(
        counts
            .stoppedAt()
            .map(at -> RowFactory.create(at.topic(), at.partition(), at.offset()))
            .orElse(null));
    return RowFactory.create(values.toArray());
  }
}
