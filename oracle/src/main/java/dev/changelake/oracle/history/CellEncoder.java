package dev.changelake.oracle.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.oracle.Column;
import dev.changelake.oracle.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Random;

/** Writes cells and their inline schemas as Debezium's JSON converter does. */
final class CellEncoder {

  private final Random random;

  CellEncoder(Random random) {
    this.random = random;
  }

  void write(ObjectNode row, Column column, Object cell, boolean inline) {
    String name = column.name();
    if (cell == null) {
      row.putNull(name);
      return;
    }
    switch (column.type()) {
      case BIGINT -> row.put(name, (Long) cell);
      case INT -> row.put(name, (Integer) cell);
      case BOOLEAN -> row.put(name, (Boolean) cell);
      case STRING -> row.put(name, (String) cell);
      case DATE -> row.put(name, ((LocalDate) cell).toEpochDay());
      case TIMESTAMP -> row.put(name, time((Instant) cell, inline));
      case DECIMAL -> {
        BigDecimal number = (BigDecimal) cell;
        if (inline || random.nextBoolean()) {
          row.put(name, base64(number));
        } else {
          row.put(name, number);
        }
      }
    }
  }

  static String base64(BigDecimal number) {
    return Base64.getEncoder().encodeToString(number.unscaledValue().toByteArray());
  }

  private String time(Instant instant, boolean inline) {
    return inline || random.nextInt(4) > 0
        ? instant.toString()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.ofHours(2)));
  }

  static void schema(ObjectNode field, Column column) {
    switch (column.type()) {
      case BIGINT -> field.put("type", "int64");
      case INT -> field.put("type", "int32");
      case BOOLEAN -> field.put("type", "boolean");
      case STRING -> field.put("type", "string");
      case DATE -> named(field, "int32", "io.debezium.time.Date");
      case TIMESTAMP -> named(field, "string", "io.debezium.time.ZonedTimestamp");
      case DECIMAL -> {
        named(field, "bytes", "org.apache.kafka.connect.data.Decimal");
        ObjectNode parameters = field.putObject("parameters");
        parameters.put("scale", String.valueOf(ColumnType.DECIMAL_SCALE));
        parameters.put("connect.decimal.precision", String.valueOf(ColumnType.DECIMAL_PRECISION));
      }
    }
    field.put("optional", column.nullable());
    field.put("field", column.name());
  }

  private static void named(ObjectNode field, String type, String name) {
    field.put("type", type);
    field.put("name", name);
    field.put("version", 1);
  }
}
