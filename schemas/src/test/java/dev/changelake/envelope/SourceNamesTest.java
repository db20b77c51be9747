package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns whose source spells them as no lake does. */
class SourceNamesTest {
  @TempDir private Path folder;

  @Test
  void messagesHaveTheNamesOfTheSource() {
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract("Kunden Nr", "1st.Größe", "ID"));
    // when: a key and a row of such names, one of them another column's name in the lake
    DecodedRecord record =
        decode(decoder, "{\"Kunden Nr\":1}", "{\"Kunden Nr\":1,\"1st.Größe\":\"a\",\"ID\":\"b\"}");
    // then
    assertThat(record.reason()).isNull();
    assertThat(record.key()).containsExactly(1L);
    assertThat(record.after()).containsExactly(1L, "a", "b");
  }

  @Test
  void nameOfTheLakeIsNoNameOfTheSource() {
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract("Kunden Nr", "1st.Größe", "ID"));
    assertThat(decode(decoder, "{\"id\":1}", "{\"id\":1}").reason()).startsWith("undecodable");
    assertThat(
            decode(decoder, "{\"Kunden Nr\":1}", "{\"Kunden Nr\":1,\"size\":\"a\",\"ID\":\"b\"}")
                .reason())
        .startsWith("missing_column: size");
  }

  @Test
  void twoColumnsMayHaveEachOthersNames() {
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract("nr", "other", "size"));
    DecodedRecord record =
        decode(decoder, "{\"nr\":1}", "{\"nr\":1,\"other\":\"a\",\"size\":\"b\"}");
    assertThat(record.after()).containsExactly(1L, "a", "b");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> contract("nr", "Size", "Size"))
        .hasMessageContaining("columns.other.source");
    assertThatThrownBy(() -> contract("nr", "", "b")).hasMessageContaining("columns[1]");
  }

  private TableContract contract(String id, String size, String other) {
    try {
      Files.writeString(
          folder.resolve("items.json"),
          """
          {"table": "items", "topic": "items", "description": "", "mode": "merge", "key": ["id"],
           "columns": [{"name": "id", "type": "bigint", "source": "%s"},
             {"name": "size", "type": "string", "source": "%s"},
             {"name": "other", "type": "string", "source": "%s"}]}
          """
              .formatted(id, size, other));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return TableContracts.load(Optional.of(folder)).get("items");
  }

  private static DecodedRecord decode(EnvelopeDecoder decoder, String key, String after) {
    return decoder.decode(
        bytes(key), bytes("{\"op\":\"c\",\"after\":%s,\"source\":{\"lsn\":1}}".formatted(after)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
