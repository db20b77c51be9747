package dev.changelake.compact.fold;

import dev.changelake.compact.order.KeyChange;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** A key's records as they come; the first is kept, since each says what was stored of the key. */
final class KeyRecords implements Iterator<KeyChange> {
  private final KeyColumns columns;
  private final Iterator<Row> records;
  private final Row first;
  private boolean atFirst = true;

  KeyRecords(KeyColumns columns, Iterator<Row> records) {
    this.columns = columns;
    this.records = records;
    this.first = records.next();
  }

  Row first() {
    return first;
  }

  /** Whether the records stand in more than one partition. */
  boolean several() {
    return first.<Boolean>getAs(FoldColumns.SEVERAL);
  }

  @Override
  public boolean hasNext() {
    return atFirst || records.hasNext();
  }

  @Override
  public KeyChange next() {
    Row record = atFirst ? first : records.next();
    atFirst = false;
    return columns.change(record);
  }
}
