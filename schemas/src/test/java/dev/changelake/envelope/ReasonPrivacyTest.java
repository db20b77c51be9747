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
            "s3cr3t",
            "1, \"s3cr3t value\":2",
            "1}s3cr3t");
    return GoldenRows.TABLES.stream()
        .map(GoldenRows::contract)
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
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract);
    Golden golden = new Golden(contract.table());
    String field = "(\"" + column + "\":)(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}]*)";
    String replacement = "$1" + json.replace("\\", "\\\\");
    String key = text(golden.keyBytes("create", false));
    String value = text(golden.valueBytes("create", false)).replaceFirst(field, replacement);

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
