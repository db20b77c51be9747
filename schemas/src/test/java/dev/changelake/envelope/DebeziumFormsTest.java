package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values as Debezium's and Kafka Connect's own classes write them, in each of their modes. */
class DebeziumFormsTest {

  static Stream<Arguments> forms() throws IOException {
    try (InputStream json = DebeziumFormsTest.class.getResourceAsStream("/golden/forms.json")) {
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      return StreamSupport.stream(WireValues.parse(text).payload().spliterator(), false)
          .map(
              form ->
                  Arguments.of(
                      form.get("mode").textValue(),
                      form.get("type").textValue(),
                      form.get("expected").textValue(),
                      form.get("message")));
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource("forms")
  void readsExactlyOrNotAtAll(String mode, String type, String expected, JsonNode message) {
    // given
    WireSchema schema = new WireSchema(message.get("schema"));

    // when
    String outcome = WireValues.outcome(type, message.get("payload"), schema);

    // then
    assertThat(outcome).as(mode).isEqualTo(expected);
  }
}
