package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSnapshotTest {

  private static final List<String> KEY = List.of("id");
  private static final MessageType TABLE =
      MessageTypeParser.parseMessageType(
          """
          message table {
            required int64 id;
            optional boolean flag;
            optional int32 number;
            optional binary text (STRING);
            optional int32 day (DATE);
            optional int64 at (TIMESTAMP(MICROS, true));
            optional int96 old;
            optional int64 price (DECIMAL(18, 2));
            optional fixed_len_byte_array(16) total (DECIMAL(38, 2));
          }""");
  private static final MessageType NARROW =
      MessageTypeParser.parseMessageType("message table { required int64 id; }");

  @TempDir Path folder;

  private final ParquetSnapshot snapshot = new ParquetSnapshot(new Configuration());

  private Map<String, ?> rows() {
    return snapshot.rows(folder.toUri().toString(), KEY);
  }

  private void write(String name, MessageType schema, Group... rows) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve(name)))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
  }

  private static Group group(MessageType schema, long id) {
    return new SimpleGroup(schema).append("id", id);
  }

  /** A decimal as its unscaled value, of the length that the schema fixes. */
  private static Binary fixed(long unscaled) {
    byte[] bytes = new byte[16];
    byte[] content = BigInteger.valueOf(unscaled).toByteArray();
    System.arraycopy(content, 0, bytes, bytes.length - content.length, content.length);
    return Binary.fromConstantByteArray(bytes);
  }

  @Test
  void cells_have_the_oracles_types() throws IOException {
    // given
    int julianDayOf1970 = 2_440_588;
    write(
        "part-0.snappy.parquet",
        TABLE,
        group(TABLE, 1)
            .append("flag", true)
            .append("number", -7)
            .append("text", "Ödön")
            .append("day", -1)
            .append("at", -1L)
            .append("old", new NanoTime(julianDayOf1970 + 1, 1_500_001_000L))
            .append("price", -1L)
            .append("total", fixed(12_345)),
        group(TABLE, 2));

    // then
    Map<String, Object> full = new TreeMap<>();
    full.put("id", 1L);
    full.put("flag", true);
    full.put("number", -7);
    full.put("text", "Ödön");
    full.put("day", LocalDate.of(1969, 12, 31));
    full.put("at", Instant.parse("1969-12-31T23:59:59.999999Z"));
    full.put("old", Instant.parse("1970-01-02T00:00:01.500001Z"));
    full.put("price", new BigDecimal("-0.01"));
    full.put("total", new BigDecimal("123.45"));
    Map<String, Object> empty = new TreeMap<>();
    full.keySet().forEach(column -> empty.put(column, null));
    empty.put("id", 2L);
    assertThat(rows()).isEqualTo(Map.of("1", full, "2", empty));
  }

  @Test
  void all_parts_of_the_folder_are_read_and_nothing_else() throws IOException {
    // given
    write("part-0.snappy.parquet", NARROW, group(NARROW, 1), group(NARROW, 2));
    write("part-1.snappy.parquet", NARROW, group(NARROW, 2));
    write("part-2.snappy.parquet", NARROW);
    write("_part-3.snappy.parquet", NARROW, group(NARROW, 3));
    Files.writeString(folder.resolve("_SUCCESS"), "{}");

    // then
    assertThat(rows().keySet()).containsExactly("1", "2", "2 (copy 2)");
  }

  @Test
  void each_file_shows_its_own_columns() throws IOException {
    // given
    write("part-0.parquet", NARROW, group(NARROW, 1));
    write("part-1.parquet", TABLE, group(TABLE, 2));

    // then
    assertThat(snapshot.rows(folder.toUri().toString(), KEY).get("1")).containsOnlyKeys("id");
    assertThat(snapshot.rows(folder.toUri().toString(), KEY).get("2")).hasSize(9);
  }

  @Test
  void columns_of_other_types_are_refused() throws IOException {
    // given
    MessageType local =
        MessageTypeParser.parseMessageType(
            "message table { required int64 id; optional int64 at (TIMESTAMP(MICROS, false)); }");
    write("part-0.parquet", local, group(local, 1));

    // then
    assertThatThrownBy(this::rows)
        .hasMessageStartingWith("The oracle knows no columns like optional int64 at");
  }

  @Test
  void a_folder_without_parts_has_no_rows_but_no_folder_is_an_error() {
    assertThat(rows()).isEmpty();
    assertThatThrownBy(() -> snapshot.rows(folder.resolve("none").toUri().toString(), KEY))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
  }
}
