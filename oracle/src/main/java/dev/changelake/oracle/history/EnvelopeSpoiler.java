package dev.changelake.oracle.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.oracle.Column;
import dev.changelake.oracle.ColumnType;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.history.Garbage.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Breaks one thing in a good envelope of op c. */
final class EnvelopeSpoiler {

  private final Random random;

  EnvelopeSpoiler(Random random) {
    this.random = random;
  }

  /** Leaves the envelope alone when the kind is about the key. */
  void spoil(Kind kind, SourceTable table, ObjectNode envelope) {
    ObjectNode after = (ObjectNode) envelope.get("after");
    ObjectNode source = (ObjectNode) envelope.get("source");
    Column column = requiredColumn(table);
    switch (kind) {
      case UNKNOWN_OP -> envelope.put("op", "x");
      case NO_OP -> envelope.remove("op");
      case TRUNCATE_OF_OTHER_TABLE -> {
        envelope.put("op", "t").remove(List.of("before", "after"));
        source.put("table", table.table() + "_old");
      }
      case MESSAGE -> {
        envelope.put("op", "m").remove(List.of("before", "after"));
        envelope.putObject("message").put("prefix", "app").put("content", "aGk=");
      }
      case OTHER_KEY -> {
        String last = table.key().get(table.key().size() - 1);
        after.put(last, after.get(last).longValue() + 1);
      }
      case NULL_REQUIRED -> after.putNull(column.name());
      case MISSING_COLUMN -> after.remove(anyColumn(table).name());
      case DECIMAL_OVERFLOW -> decimals(table, after, "12345678901234567.89");
      case DECIMAL_TOO_FINE -> decimals(table, after, "1.005");
      case WRONG_TYPE -> wrongType(column, after);
      case UNKNOWN_COLUMN -> after.put("added_later", 1);
      case NO_AFTER -> envelope.remove("after");
      case DELETE_WITH_AFTER -> envelope.put("op", "d");
      case NO_SOURCE -> envelope.remove("source");
      case BAD_LSN -> source.put("lsn", random.nextBoolean() ? "0/16B3748" : "");
      case OTHER_TABLE -> source.put("table", table.table() + "_old");
      case BEFORE_OF_OTHER_KEY -> {
        String last = table.key().get(table.key().size() - 1);
        envelope.put("op", "u").putObject("before").put(last, after.get(last).longValue() + 1);
      }
      case BEFORE_WITH_UNKNOWN_COLUMN ->
          envelope.put("op", "u").putObject("before").put("dropped_since", 1);
      default -> {}
    }
  }

  /** Spoils all decimals; a table without any keeps a good row. */
  private void decimals(SourceTable table, ObjectNode after, String text) {
    BigDecimal number = new BigDecimal(text);
    boolean base64 = number.scale() == ColumnType.DECIMAL_SCALE && random.nextBoolean();
    for (Column column : table.columns()) {
      if (column.type() == ColumnType.DECIMAL && base64) {
        after.put(column.name(), CellEncoder.base64(number));
      } else if (column.type() == ColumnType.DECIMAL) {
        after.put(column.name(), number);
      }
    }
  }

  private static void wrongType(Column column, ObjectNode after) {
    switch (column.type()) {
      case STRING -> after.put(column.name(), 17);
      case TIMESTAMP -> after.put(column.name(), 1_767_225_600_000L);
      case DECIMAL -> after.put(column.name(), true);
      default -> after.put(column.name(), "seventeen");
    }
  }

  private Column anyColumn(SourceTable table) {
    return table.columns().get(random.nextInt(table.columns().size()));
  }

  private Column requiredColumn(SourceTable table) {
    List<Column> candidates =
        table.columns().stream()
            .filter(column -> !column.nullable() && !table.key().contains(column.name()))
            .toList();
    return candidates.get(random.nextInt(candidates.size()));
  }
}
