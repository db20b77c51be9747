package dev.changelake.oracle;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a CSV file as RFC 4180 has it, in UTF-8 and with a header, into rows of cells.
 *
 * <p>A field without quotes that is empty is null; an empty one in quotes is the empty text. Lines
 * end with CR LF or LF. What is neither is refused: this is a check, not a reader for all the
 * world.
 */
public final class CsvRows {

  private CsvRows() {}

  /**
   * The rows in the order of the file.
   *
   * @param columns what the header must name, in this order; decimals keep the scale they have
   * @throws IllegalArgumentException when the file is no such CSV, saying where
   */
  public static List<SortedMap<String, Object>> read(byte[] file, List<Column> columns) {
    List<List<String>> records = new CsvRecords(text(file)).all();
    List<String> names = columns.stream().map(Column::name).toList();
    if (records.isEmpty() || !records.get(0).equals(names)) {
      throw new IllegalArgumentException(
          "Expected the header %s, was %s"
              .formatted(names, records.isEmpty() ? "none" : records.get(0)));
    }
    List<SortedMap<String, Object>> rows = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      rows.add(row(records.get(i), columns, i + 1));
    }
    return Collections.unmodifiableList(rows);
  }

  private static String text(byte[] file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The file is not UTF-8", e);
    }
  }

  private static SortedMap<String, Object> row(
      List<String> fields, List<Column> columns, int number) {
    if (fields.size() != columns.size()) {
      throw new IllegalArgumentException(
          "Record %d has %d fields, not %d: %s"
              .formatted(number, fields.size(), columns.size(), fields));
    }
    SortedMap<String, Object> cells = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      cells.put(columns.get(i).name(), field == null ? null : cell(field, columns.get(i), number));
    }
    return Collections.unmodifiableSortedMap(cells);
  }

  private static Object cell(String field, Column column, int number) {
    try {
      return switch (column.type()) {
        case STRING -> field;
        case BIGINT -> Long.valueOf(field);
        case INT -> Integer.valueOf(field);
        case DECIMAL -> new BigDecimal(field);
        case DATE -> LocalDate.parse(field);
        case TIMESTAMP -> OffsetDateTime.parse(field).toInstant();
        case BOOLEAN -> truth(field);
      };
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Record %d: %s is not of type %s: \"%s\""
              .formatted(number, column.name(), column.type(), field),
          e);
    }
  }

  private static boolean truth(String field) {
    return switch (field) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(field);
    };
  }
}
