package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are not one JSON value: which kind of none, and where. */
class NotJsonTest {
  private static final String ROW = "{\"company_id\":42,\"company_name\":\"%s\"}";

  private final EnvelopeDecoder companies = new EnvelopeDecoder(GoldenRows.contract("companies"));

  @ParameterizedTest
  @MethodSource
  void itSaysWhy(byte[] value, String reason) {
    assertThat(companies.decode(bytes("{\"company_id\":42}"), value).reason())
        .isEqualTo("undecodable_value: not one JSON value: " + reason);
  }

  static Stream<Arguments> itSaysWhy() {
    return Stream.of(
        Arguments.of(new byte[0], "it is empty"),
        Arguments.of(bytes("  "), "it is blank"),
        Arguments.of(
            ByteBuffer.allocate(9).put((byte) 0).putInt(1234).put(bytes("\u0002\u0054ab")).array(),
            "it begins with a schema registry's magic byte and the schema id 1234, so it is Avro,"
                + " Protobuf or JSON of a registry's converter"),
        Arguments.of(bytes("\uFEFF{}"), "it begins with a byte-order mark of UTF-8"),
        Arguments.of(
            "{}".getBytes(StandardCharsets.UTF_16),
            "it is UTF-16 or UTF-32, and JSON here is UTF-8"),
        Arguments.of(
            "{}".getBytes(StandardCharsets.UTF_16LE),
            "it is UTF-16 or UTF-32, and JSON here is UTF-8"),
        Arguments.of(
            "{}".getBytes(StandardCharsets.UTF_16BE),
            "it is UTF-16 or UTF-32, and JSON here is UTF-8"),
        Arguments.of(
            "{\"a\":\"Größe\"}".getBytes(StandardCharsets.ISO_8859_1), "it is not UTF-8 at byte 8"),
        Arguments.of(bytes("{\"op\":1,\"op\":2}"), "it has the field op twice at character 13"),
        Arguments.of(
            bytes("{\"a secret\":1,\"a secret\":2}"), "it has a field twice at character 25"),
        Arguments.of(
            bytes("[".repeat(1001) + "]".repeat(1001)),
            "it is nested more deeply than 1000 levels"),
        Arguments.of(
            bytes("{\"" + "n".repeat(50_001) + "\":1}"),
            "it has a name of more than 50000 characters"),
        Arguments.of(
            bytes("{\"a\":" + "1".repeat(1001) + "}"), "it has a number of more than 1000 digits"),
        Arguments.of(bytes("{\"op\":\"c\""), "it ends within a value at character 9"),
        Arguments.of(bytes("{} {}"), "more follows it at character 3"),
        Arguments.of(bytes("{\"op\":c}"), "it breaks JSON's syntax at character 6"));
  }

  @Test
  void aTextOfMoreThanTwentyMillionCharactersIsRead() {
    // given
    String large = "x".repeat(20_000_001);
    // when
    DecodedRecord record =
        companies.decode(
            bytes("{\"company_id\":42}"),
            bytes("{\"op\":\"c\",\"source\":{},\"after\":%s}".formatted(ROW.formatted(large))));
    // then
    assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(record.after()).containsExactly(42L, large);
  }

  @Test
  void aSchemaOfNullIsNone() {
    // when
    DecodedRecord change =
        companies.decode(
            bytes("{\"schema\":null,\"payload\":{\"company_id\":42}}"),
            bytes(
                "{\"schema\":null,\"payload\":{\"op\":\"c\",\"source\":{},\"after\":%s}}"
                    .formatted(ROW.formatted("Ada"))));
    DecodedRecord tombstone =
        companies.decode(bytes("{\"payload\":{\"company_id\":42},\"schema\":null}"), null);
    // then
    assertThat(change.status()).as(change.reason()).isEqualTo(RecordStatus.CHANGE);
    assertThat(change.after()).containsExactly(42L, "Ada");
    assertThat(tombstone.key()).containsExactly(42L);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
