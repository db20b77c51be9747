package dev.changelake.compact.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads the objects of a COPY as Redshift does, into the rows of PostgreSQL's COPY. */
final class CopyFeed {
  private static final ObjectReader CSV =
      new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class);

  private final CopyCommand copy;
  private final List<FieldType> types;

  /** How a field of a column is read. */
  enum FieldType {
    TEXT,
    BINARY,
    OTHER
  }

  /** Takes the lines of PostgreSQL's text format. */
  interface Lines {
    void add(String line) throws IOException;
  }

  CopyFeed(CopyCommand copy, List<FieldType> types) {
    this.copy = copy;
    this.types = List.copyOf(types);
  }

  /** Feeds an object's rows and tells how many they were. */
  long feed(S3Client s3, URI object, Lines lines) throws Refusal, IOException {
    try (InputStream raw =
            s3.getObject(get -> get.bucket(object.getHost()).key(CopyManifest.key(object)));
        InputStream plain = copy.gzip() ? new GZIPInputStream(raw) : raw) {
      return feed(plain, object.toString(), lines);
    } catch (ZipException e) {
      throw refused(object.toString(), 0, "Not a gzip file: " + e.getMessage());
    }
  }

  /** Feeds a file's rows. */
  long feed(InputStream plain, String name, Lines lines) throws Refusal, IOException {
    InputStreamReader text = new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder());
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(copy.delimiter());
    long row = 0;
    try (MappingIterator<String[]> rows = CSV.with(schema).readValues(text)) {
      while (rows.hasNextValue()) {
        String[] fields = rows.nextValue();
        row++;
        if (row > copy.ignoreHeader()) {
          lines.add(line(fields, name, row));
        }
      }
    } catch (JsonProcessingException e) {
      throw refused(name, row + 1, "Invalid quote formatting for CSV");
    } catch (CharacterCodingException e) {
      throw refused(name, row + 1, "String contains invalid or unsupported UTF8 codepoints");
    }
    return Math.max(0, row - copy.ignoreHeader());
  }

  private String line(String[] fields, String file, long row) throws Refusal {
    if (fields.length < types.size()) {
      throw refused(file, row, "Delimiter not found");
    }
    if (fields.length > types.size()) {
      throw refused(file, row, "Extra column(s) found");
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      line.append(i == 0 ? "" : "\t").append(field(fields[i], types.get(i)));
    }
    return line.append('\n').toString();
  }

  private String field(String value, FieldType type) {
    boolean emptyIsNull = type != FieldType.TEXT || copy.emptyAsNull();
    if (value.equals(copy.nullAs()) || value.isEmpty() && emptyIsNull) {
      return "\\N";
    }
    String escaped =
        value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    return type == FieldType.BINARY ? "\\\\x" + escaped : escaped;
  }

  private Refusal refused(String file, long row, String reason) {
    return loadFailed(copy.table(), "%s, line %d: %s".formatted(file, row, reason));
  }

  /** Redshift names the table alone; the reason it tells in a system table. */
  static Refusal loadFailed(String table, String reason) {
    return new Refusal(
        Refusal.INTERNAL_ERROR,
        "Load into table '%s' failed.  Check 'stl_load_errors' system table for details."
            .formatted(table.replace("\"", "")),
        reason);
  }
}
