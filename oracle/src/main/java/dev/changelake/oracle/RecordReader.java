package dev.changelake.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Decides what a record is by itself, and decodes the changes. */
final class RecordReader {

  /** Stands for a value that the source did not send. */
  private static final String UNAVAILABLE = "__debezium_unavailable_value";

  private RecordReader() {}

  static Landed read(LogRecord record) {
    SourceTable table = SourceTable.ofTopic(record.topic());
    try {
      if (record.value() == null) {
        require(table != SourceTable.WEBLOGS, "weblogs only grow");
        return Landed.tombstone(record, table, key(table, Message.read(record.key(), "key")));
      }
      Message value = Message.read(record.value(), "value");
      Position position = position(value.payload().path("source"));
      String op = value.payload().path("op").textValue();
      if ("m".equals(op)) {
        return Landed.control(record, table);
      }
      return "t".equals(op)
          ? truncate(record, table, value, position)
          : change(record, table, value, position);
    } catch (Unusable reason) {
      List<Object> key = orNull(() -> key(table, Message.read(record.key(), "key")));
      Long lsn =
          orNull(
              () -> number(Message.read(record.value(), "value").payload().path("source"), "lsn"));
      return Landed.quarantined(record, table, key, lsn, reason.getMessage());
    }
  }

  private static <T> T orNull(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Unusable reason) {
      return null;
    }
  }

  private static Landed truncate(
      LogRecord record, SourceTable table, Message value, Position position) {
    requireOwn(table, value.payload());
    require(table != SourceTable.WEBLOGS, "weblogs only grow");
    require(isAbsent(value.payload().path("before")), "a truncate has a before");
    require(isAbsent(value.payload().path("after")), "a truncate has an after");
    return Landed.truncate(record, table, position);
  }

  private static Landed change(
      LogRecord record, SourceTable table, Message value, Position position) {
    List<Object> key = key(table, Message.read(record.key(), "key"));
    JsonNode envelope = value.payload();
    requireOwn(table, envelope);
    String op = envelope.path("op").textValue();
    requireKnown(table, op);
    if (!isAbsent(envelope.path("before"))) {
      requireFits(table, value.below("before"), key);
    }
    JsonNode after = envelope.path("after");
    if (op.equals("d")) {
      require(isAbsent(after), "a delete has an after");
      return Landed.change(record, table, key, op, position, null, Set.of());
    }
    require(after.isObject(), "after is not an object");
    Set<String> leftOut = leftOut(table, op, after);
    Map<String, Object> row = row(table, value.below("after"), leftOut);
    for (int i = 0; i < key.size(); i++) {
      String column = table.key().get(i);
      require(
          leftOut.contains(column) || key.get(i).equals(row.get(column)), "key and payload differ");
      row.put(column, key.get(i));
    }
    leftOut.removeAll(table.key());
    if (table == SourceTable.WEBLOGS) {
      require(leftOut.isEmpty(), "a new row has no earlier values");
      row.putAll(WeblogLine.parse((String) row.remove("line")));
    }
    return Landed.change(record, table, key, op, position, row, leftOut);
  }

  private static void requireOwn(SourceTable table, JsonNode envelope) {
    JsonNode name = envelope.path("source").path("table");
    require(!name.isTextual() || table.table().equals(name.textValue()), "another table's record");
  }

  private static void requireKnown(SourceTable table, String op) {
    require(op != null, "op is not text");
    require(List.of("c", "r", "u", "d").contains(op), "unknown op");
    boolean changesRows = op.equals("u") || op.equals("d");
    require(table != SourceTable.WEBLOGS || !changesRows, "weblogs only grow");
  }

  private static Position position(JsonNode source) {
    require(source.isObject(), "source is not an object");
    number(source, "txId");
    return new Position(number(source, "lsn"), number(source, "ts_ms"));
  }

  private static Long number(JsonNode source, String field) {
    JsonNode value = source.path(field);
    if (isAbsent(value)) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
      return value.longValue();
    }
    require(value.isTextual() && value.textValue().matches("[0-9]{1,19}"), field + " is no number");
    try {
      return Long.valueOf(value.textValue());
    } catch (NumberFormatException e) {
      throw new Unusable(field + " is too large");
    }
  }

  private static List<Object> key(SourceTable table, Message key) {
    require(key.payload().size() == table.key().size(), "key has other columns");
    return keyCells(table, key);
  }

  private static List<Object> keyCells(SourceTable table, Message holder) {
    List<Object> cells = new ArrayList<>();
    for (Column column : table.keyColumns()) {
      JsonNode cell = holder.payload().path(column.name());
      require(!isAbsent(cell), "key column " + column.name() + " is missing");
      cells.add(CellDecoder.decode(column, cell, holder.schemaOf(column.name())));
    }
    return List.copyOf(cells);
  }

  /** A before may lack columns, but what it has must be of the table and of this key. */
  private static void requireFits(SourceTable table, Message before, List<Object> key) {
    require(before.payload().isObject(), "before is not an object");
    requireKnownColumns(table, before);
    for (Column column : table.columns()) {
      JsonNode cell = before.payload().path(column.name());
      if (!isAbsent(cell) && !isLeftOut(cell)) {
        Object value = CellDecoder.decode(column, cell, before.schemaOf(column.name()));
        int place = table.key().indexOf(column.name());
        require(place < 0 || key.get(place).equals(value), "key and before differ");
      }
    }
  }

  private static void requireKnownColumns(SourceTable table, Message image) {
    for (Iterator<String> names = image.payload().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      require(table.column(name).isPresent(), "unknown column " + name);
    }
  }

  /** A snapshot leaves nothing out: there the same text is a text. */
  private static Set<String> leftOut(SourceTable table, String op, JsonNode after) {
    Set<String> columns = new HashSet<>();
    for (Column column : table.columns()) {
      if (!op.equals("r") && isLeftOut(after.path(column.name()))) {
        columns.add(column.name());
      }
    }
    return columns;
  }

  /** The cells that are sent; those that are left out have no entry. */
  private static Map<String, Object> row(SourceTable table, Message after, Set<String> leftOut) {
    requireKnownColumns(table, after);
    Map<String, Object> row = new HashMap<>();
    for (Column column : table.columns()) {
      if (leftOut.contains(column.name())) {
        continue;
      }
      JsonNode cell = after.payload().path(column.name());
      require(!cell.isMissingNode(), column.name() + " is missing");
      if (isAbsent(cell)) {
        require(column.nullable(), column.name() + " is required");
        row.put(column.name(), null);
      } else {
        row.put(column.name(), CellDecoder.decode(column, cell, after.schemaOf(column.name())));
      }
    }
    return row;
  }

  private static boolean isLeftOut(JsonNode node) {
    return UNAVAILABLE.equals(node.textValue());
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new Unusable(reason);
    }
  }
}
