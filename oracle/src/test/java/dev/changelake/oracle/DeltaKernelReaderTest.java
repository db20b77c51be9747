package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

class DeltaKernelReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEY = List.of("id");

  @TempDir Path folder;

  private final DeltaKernelReader reader = new DeltaKernelReader(new Configuration());
  private String path;
  private DeltaTables tables;

  @BeforeEach
  void createTable() throws IOException {
    path = folder.resolve("table").toUri().toString();
    tables = new DeltaTables(path);
    tables.create(
        List.of(
            new Object[] {1L, true, 7, "Ödön", -1, -1L, new BigDecimal("-0.01")},
            new Object[] {2L, null, null, null, null, null, null},
            new Object[] {3L, false, -7, "", 20_000, 1_500_001L, new BigDecimal("1.50")}));
  }

  private static Map<String, Object> row(
      long id, Object flag, Object number, Object text, Object day, Object at, Object price) {
    Map<String, Object> cells = new TreeMap<>();
    cells.put("id", id);
    cells.put("flag", flag);
    cells.put("number", number);
    cells.put("text", text);
    cells.put("day", day);
    cells.put("at", at);
    cells.put("price", price);
    return cells;
  }

  @Test
  void cells_have_the_oracles_types() {
    assertThat(reader.latest(path, KEY))
        .isEqualTo(
            Map.of(
                "1",
                row(
                    1,
                    true,
                    7,
                    "Ödön",
                    LocalDate.of(1969, 12, 31),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    new BigDecimal("-0.01")),
                "2",
                row(2, null, null, null, null, null, null),
                "3",
                row(
                    3,
                    false,
                    -7,
                    "",
                    LocalDate.of(2024, 10, 4),
                    Instant.parse("1970-01-01T00:00:01.500001Z"),
                    new BigDecimal("1.50"))));
  }

  @Test
  void an_older_version_can_be_read() throws IOException {
    tables.append(List.<Object[]>of(new Object[] {4L, null, null, null, null, null, null}));

    assertThat(reader.latestVersion(path)).isEqualTo(1);
    assertThat(reader.latest(path, KEY)).containsOnlyKeys("1", "2", "3", "4");
    assertThat(reader.at(path, 0, KEY)).containsOnlyKeys("1", "2", "3");
  }

  @Test
  void a_key_that_is_there_twice_shows_as_two_rows() throws IOException {
    tables.append(List.<Object[]>of(new Object[] {1L, null, null, null, null, null, null}));

    assertThat(reader.latest(path, KEY)).containsOnlyKeys("1", "1 (copy 2)", "2", "3");
  }

  @Test
  void rows_in_a_deletion_vector_are_gone() throws IOException {
    deleteByVector(1);

    assertThat(reader.latest(path, KEY)).containsOnlyKeys("1", "3");
    assertThat(reader.at(path, 0, KEY)).containsOnlyKeys("1", "2", "3");
  }

  @Test
  void no_table_is_an_error() {
    assertThatThrownBy(() -> reader.latest(folder.resolve("none").toUri().toString(), KEY))
        .isInstanceOf(TableNotFoundException.class);
  }

  /** Commits by hand what a DELETE with an inline deletion vector writes. */
  private void deleteByVector(int position) throws IOException {
    Path log = folder.resolve("table/_delta_log");
    ObjectNode add = null;
    for (String line : Files.readAllLines(log.resolve("00000000000000000000.json"))) {
      ObjectNode action = (ObjectNode) JSON.readTree(line);
      add = action.has("add") ? (ObjectNode) action.get("add") : add;
    }
    byte[] bitmap = bitmap(position);
    ObjectNode removed = JSON.createObjectNode();
    removed
        .putObject("remove")
        .put("path", add.get("path").asText())
        .put("deletionTimestamp", 1L)
        .put("dataChange", true);
    ObjectNode added = JSON.createObjectNode();
    added.set("add", add);
    add.putObject("deletionVector")
        .put("storageType", "i")
        .put("pathOrInlineDv", Base85Codec.encodeBytes(bitmap))
        .put("sizeInBytes", bitmap.length)
        .put("cardinality", 1);
    Files.write(
        log.resolve("00000000000000000001.json"), List.of(removed.toString(), added.toString()));
  }

  /** The portable form of a 64-bit bitmap: magic number, one 32-bit bitmap under key 0. */
  private static byte[] bitmap(int position) throws IOException {
    ByteArrayOutputStream low = new ByteArrayOutputStream();
    RoaringBitmap.bitmapOf(position).serialize(new DataOutputStream(low));
    int unpadded = 4 + 8 + 4 + low.size();
    ByteBuffer bytes = ByteBuffer.allocate((unpadded + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1_681_511_377).putLong(1).putInt(0).put(low.toByteArray());
    return bytes.array();
  }
}
