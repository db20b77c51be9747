package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedSchemaTest {
  private static final String SCHEMA = "{\"type\":\"struct\",\"fields\":[{\"field\":\"naïve\"}]}";
  private static final String FIRST = "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1}}";
  private static final int MUTATIONS = 20_000;

  private final RepeatedSchema messages = new RepeatedSchema();

  @Test
  void parsesTheSchemaOnceAndEachPayload() throws IOException {
    WireMessage first = parse(FIRST);

    WireMessage second = parse("{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":2}}");

    assertThat(second.schema()).isSameAs(first.schema());
    assertThat(second.payload().get("a").intValue()).isEqualTo(2);
  }

  @Test
  void aTableThatWasAlteredHasANewSchemaFromThenOn() throws IOException {
    parse(FIRST);
    String altered = "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{\"a\":%d}}";

    WireMessage first = parse(altered.formatted(1));
    WireMessage second = parse(altered.formatted(2));

    assertThat(first.schema().node().path("fields")).isEmpty();
    assertThat(second.schema()).isSameAs(first.schema());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\":" + SCHEMA + ",\"payload\":null}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1}} ",
        "{\"schema\":" + SCHEMA + ",\"payload\": {\"a\":1} }",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1},\"more\":{}}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1},\"schema\":{}}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1},\"payload\":{}}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1,\"a\":2}}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1}}{}",
        "{\"schema\":" + SCHEMA + ",\"payload\":{\"a\":1}}}",
        "{\"schema\":" + SCHEMA + ",\"payload\":1}",
        "{\"schema\":" + SCHEMA + ",\"payload\":}",
        "{\"payload\":{\"a\":1},\"schema\":" + SCHEMA + "}",
        "{ \"schema\" : " + SCHEMA + " , \"payload\" : {\"a\":1}}",
      })
  void readsWhatFollowsTheSchemaAsTheWholeMessageIsRead(String json) throws IOException {
    parse(FIRST);

    for (int time = 0; time < 2; time++) {
      assertThat(outcome(messages::parse, bytes(json)))
          .isEqualTo(outcome(WireMessage::parse, bytes(json)));
    }
  }

  @Test
  void damagedMessagesAreReadAsIfNoneCameBefore() {
    long seed = System.nanoTime();
    System.out.println("RepeatedSchemaTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = damaged(random);

      assertThat(outcome(messages::parse, bytes))
          .as("seed %d, message %s", seed, new String(bytes, StandardCharsets.ISO_8859_1))
          .isEqualTo(outcome(WireMessage::parse, bytes));
    }
  }

  /** A right message, or one with a few bytes that were changed, taken away or put in. */
  private static byte[] damaged(Random random) {
    StringBuilder text = new StringBuilder(new String(bytes(FIRST), StandardCharsets.ISO_8859_1));
    String likely = "{}[]\",: 1é\\u00e9".repeat(2);
    for (int faults = random.nextInt(4); faults > 0; faults--) {
      int at = random.nextInt(text.length());
      char other = likely.charAt(random.nextInt(likely.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, other);
        case 1 -> text.deleteCharAt(at);
        default -> text.insert(at, other);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private interface Parser {
    WireMessage parse(byte[] bytes) throws IOException;
  }

  private static List<Object> outcome(Parser parser, byte[] bytes) {
    try {
      WireMessage message = parser.parse(bytes);
      return List.of(message.payload(), message.schema().node());
    } catch (IOException | NumberFormatException e) {
      return List.of("refused");
    }
  }

  private WireMessage parse(String json) throws IOException {
    return messages.parse(bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
