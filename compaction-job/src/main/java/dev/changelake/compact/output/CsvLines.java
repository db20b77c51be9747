package dev.changelake.compact.output;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * CSV in UTF-8 with RFC 4180's quoting where it may be needed, lines ending in a line feed: null is
 * an empty field, an empty text is {@code ""}, instants are in UTC, bytes are hexadecimal as
 * PostgreSQL reads them: {@code \x00ff}.
 */
public final class CsvLines implements Closeable {
  private static final CsvFactory FACTORY =
      CsvFactory.builder().enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS).build();

  private final CsvGenerator csv;

  /** Writes to the stream, and closes it at the end. */
  public CsvLines(OutputStream out, List<String> columns) throws IOException {
    this(out, columns, "");
  }

  /** The same, with a text that stands for null. */
  public CsvLines(OutputStream out, List<String> columns, String nullText) throws IOException {
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\n").setNullValue(nullText);
    columns.forEach(schema::addColumn);
    this.csv = FACTORY.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.setSchema(schema.build());
  }

  /** Adds a line of as many values as there are columns. */
  public void add(List<?> values) throws IOException {
    csv.writeStartArray();
    for (Object value : values) {
      if (value == null) {
        csv.writeNull();
      } else {
        csv.writeString(text(value));
      }
    }
    csv.writeEndArray();
  }

  /** A value's text, before it is quoted. */
  public static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof byte[] bytes
        ? "\\x" + HexFormat.of().formatHex(bytes)
        : value.toString();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
