package dev.changelake.produce.rawfile;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.produce.world.TableRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * CSV with a header and RFC 4180's quoting where it is needed, lines ending in a line feed; no
 * value is an empty field.
 */
final class CsvRows implements RowFile {
  private static final CsvFactory FACTORY =
      CsvFactory.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final TableContract contract;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CsvGenerator csv;

  CsvRows(TableContract contract) {
    this.contract = contract;
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\n");
    contract.messageColumns().forEach(column -> schema.addColumn(column.name()));
    try {
      this.csv = FACTORY.createGenerator(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    csv.setSchema(schema.build());
  }

  @Override
  public void add(TableRow row) {
    try {
      csv.writeStartObject();
      for (Column column : contract.messageColumns()) {
        Object value = row.columns().get(column.name());
        if (value != null) {
          csv.writeStringField(column.name(), text(value));
        }
      }
      csv.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] finish() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String text(Object value) {
    return value instanceof Instant instant ? TIMESTAMP.format(instant) : value.toString();
  }
}
