package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons go into logs and run results; the values of cells must not. */
class ReasonPrivacyTest {
  private static final String SECRET = "s3cr3t";

  static Stream<Arguments> leaks() {
    List<String> values =
        List.of(
            "\"s3cr3t\"",
            "\"s3cr3t\\ud800\"",
            "{\"s3cr3t\":\"s3cr3t\"}",
            "[\"s3cr3t\"]",
            "[null,{\"s3cr3t\":1}]",
            "\"{\\\"s3cr3t\\\":1}\"",
            "s3cr3t",
            "1, \"s3cr3t value\":2",
            "{\"scale\":0,\"value\":\"s3cr3t\"}",
            "{\"specialValue\":\"s3cr3t\"}",
            "{\"year\":\"s3cr3t\",\"month\":1,\"day\":1}",
            "1}s3cr3t");
    return Stream.concat(
            GoldenRows.TABLES.stream().map(GoldenRows::contract), Stream.of(TypesTable.contract()))
        .flatMap(
            contract ->
                contract.messageColumns().stream()
                    .flatMap(
                        column ->
                            values.stream()
                                .map(value -> Arguments.of(contract, column.name(), value))));
  }

  @ParameterizedTest
  @MethodSource("leaks")
  void namesNoValue(TableContract contract, String column, String json) {
    for (boolean inlineSchema : new boolean[] {false, true}) {
      assertNoValue(contract, column, json, inlineSchema);
    }
  }

  private static void assertNoValue(
      TableContract contract, String column, String json, boolean inlineSchema) {
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract);
    boolean isTypes = contract.table().equals("types");
    Golden golden = isTypes ? null : new Golden(contract.table());
    String field = "(\"" + column + "\":)(\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|\\{[^}]*}|[^,}]*)";
    String replacement = "$1" + json.replace("\\", "\\\\");
    String key =
        text(isTypes ? TypesTable.key(inlineSchema) : golden.keyBytes("create", inlineSchema));
    String value =
        text(isTypes
                ? TypesTable.value("c", inlineSchema)
                : golden.valueBytes("create", inlineSchema))
            .replaceFirst(field, replacement);

    // when
    DecodedRecord badValue = decoder.decode(bytes(key), bytes(value));
    DecodedRecord badKey =
        decoder.decode(bytes(key.replaceFirst(field, replacement)), bytes(value));

    // then
    assertThat(badValue.reason() + badKey.reason()).doesNotContain(SECRET);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
