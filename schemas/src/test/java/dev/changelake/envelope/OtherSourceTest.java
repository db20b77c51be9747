package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose rows a topic holds: what the contract says, else what was pinned. */
class OtherSourceTest {
  private static final SourceOrigin PINNED = new SourceOrigin("b2b", "shop", "public");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'\"name\":\"eu\",\"db\":\"shop\",\"schema\":\"public\"', name",
    "'\"name\":\"b2b\",\"db\":\"other\",\"schema\":\"public\"', db",
    "'\"name\":\"b2b\",\"db\":\"shop\",\"schema\":\"tenant\"', schema"
  })
  void recordOfAnotherSourceIsRefusedWhateverItDoes(String source, String part) {
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract("", false), PINNED);
    for (String op : List.of("c", "r", "u", "d", "t", "m")) {
      DecodedRecord record = decode(decoder, op, "{\"id\":1}", source);
      assertThat(record.status()).as(op).isEqualTo(RecordStatus.QUARANTINED);
      assertThat(record.reason())
          .as(op)
          .isEqualTo("other_source: source.%s is another one's", part);
    }
    DecodedRecord withoutKey = decode(decoder, "t", null, source);
    assertThat(withoutKey.reason()).startsWith("other_source");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"db\":\"shop\"", ",\"name\":\"b2b\",\"schema\":\"\"", ",\"schema\":null"})
  void whatASourceDoesNotSayIsNoOtherOne(String source) {
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract("", false), PINNED);
    DecodedRecord record = decode(decoder, "c", "{\"id\":1}", "\"lsn\":1" + source);
    assertThat(record.status()).isEqualTo(RecordStatus.CHANGE);
  }

  @Test
  void contractSaysMoreThanWhatWasPinned() {
    TableContract contract = contract("\"database\":\"moved\",\"table\":\"Item List\"", false);
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract, PINNED);
    String moved = "\"db\":\"moved\",\"schema\":\"public\",\"table\":";
    assertThat(decode(decoder, "c", "{\"id\":1}", moved + "\"Item List\"").status())
        .isEqualTo(RecordStatus.CHANGE);
    assertThat(decode(decoder, "c", "{\"id\":1}", moved + "\"items\"").reason())
        .startsWith("foreign_table");
    assertThat(decode(decoder, "c", "{\"id\":1}", "\"db\":\"shop\"").reason())
        .startsWith("other_source");
  }

  @Test
  void flattenedRowSaysItsSourceToo() {
    TableContract contract = contract("", true);
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract, PINNED);
    assertThat(flattened(decoder, "\"__source_schema\":\"public\",\"__db\":\"shop\"").status())
        .isEqualTo(RecordStatus.CHANGE);
    assertThat(flattened(decoder, "\"__source_schema\":\"tenant\"").reason())
        .startsWith("other_source");
  }

  @Test
  void keyThatARouterMakesDistinguishesTheTables() {
    // given: what ByLogicalTableRouter adds to the key, and to nothing else
    EnvelopeDecoder decoder =
        new EnvelopeDecoder(
            contract("\"identifier\":\"shard\"", false), new SourceOrigin("b2b", "shop", "public"));
    String key = "{\"id\":1,\"__dbz__physicalTableIdentifier\":\"b2b.tenant_b.items_2\"}";
    String source = "\"schema\":\"tenant_b\",\"table\":\"items_2\"";
    // when
    DecodedRecord created = decode(decoder, "c", key, source);
    DecodedRecord deleted = decode(decoder, "d", key, source);
    DecodedRecord truncated = decode(decoder, "t", null, source);
    // then
    assertThat(created.reason()).isNull();
    assertThat(created.key()).containsExactly(1L, "b2b.tenant_b.items_2");
    assertThat(created.after()).containsExactly(1L, "b2b.tenant_b.items_2", "n");
    assertThat(deleted.key()).containsExactly(1L, "b2b.tenant_b.items_2");
    assertThat(truncated.reason()).startsWith("other_source: a truncate");
  }

  @Test
  void identifierIsOfTheKey() {
    assertThatThrownBy(() -> contract("\"identifier\":\"name\"", false))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("source.identifier");
  }

  private TableContract contract(String source, boolean flattened) {
    boolean several = source.contains("shard");
    try {
      Files.writeString(
          folder.resolve("items.json"),
          """
          {"table": "items", "topic": "items", "description": "", "mode": "merge",
           "form": "%s", "key": ["id"%s], "source": {%s},
           "columns": [{"name": "id", "type": "bigint"},%s
             {"name": "name", "type": "string", "nullable": true}]}
          """
              .formatted(
                  flattened ? "flattened" : "envelope",
                  several ? ", \"shard\"" : "",
                  source,
                  several
                      ? "{\"name\": \"shard\", \"type\": \"string\","
                          + " \"aliases\": [\"__dbz__physicalTableIdentifier\"]},"
                      : ""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return TableContracts.load(Optional.of(folder)).get("items");
  }

  private static DecodedRecord decode(
      EnvelopeDecoder decoder, String op, String key, String source) {
    String after = List.of("d", "t", "m").contains(op) ? "null" : "{\"id\":1,\"name\":\"n\"}";
    return decoder.decode(
        bytes(key),
        bytes("{\"op\":\"%s\",\"after\":%s,\"source\":{%s}}".formatted(op, after, source)));
  }

  private static DecodedRecord flattened(EnvelopeDecoder decoder, String fields) {
    return decoder.decode(
        bytes("{\"id\":1}"),
        bytes("{\"id\":1,\"name\":\"n\",\"__op\":\"c\",%s}".formatted(fields)));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
