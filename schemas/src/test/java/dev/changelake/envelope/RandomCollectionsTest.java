package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random arrays of each type and random maps, written by a few lines of plain Java here, come back
 * as they were, nulls among them; {@code -Dforms.seed} repeats a run, {@code -Dforms.rounds} makes
 * it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomCollectionsTest {
  private static final int ROUNDS = Integer.getInteger("forms.rounds", 500);
  private static final String TIME = "io.debezium.time.";
  private static final JsonMapper JSON = new JsonMapper();

  private final long seed = Long.getLong("forms.seed", System.nanoTime());

  @BeforeAll
  void tellTheSeed() {
    System.out.println("RandomCollectionsTest: -Dforms.seed=" + seed);
  }

  /**
   * A way to write elements of a type.
   *
   * @param items what stands in the schema of the items; null if there is no schema
   */
  private record Elements<T>(
      String type,
      String items,
      Function<Random, T> values,
      Function<T, String> json,
      Function<T, Object> cell) {}

  private static <T> Arguments of(
      String type,
      String items,
      Function<Random, T> values,
      Function<T, String> json,
      Function<T, Object> cell) {
    return Arguments.of(
        Named.of(type + " as " + items, new Elements<>(type, items, values, json, cell)));
  }

  static Stream<Arguments> elements() {
    Function<Random, LocalDate> day =
        random -> LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
    Function<Random, LocalDateTime> time =
        random ->
            day.apply(random).atStartOfDay().plusNanos(random.nextLong(86_400_000_000L) * 1000);
    Function<Random, BigDecimal> decimal =
        random ->
            new BigDecimal(new BigInteger(126, random).mod(BigInteger.TEN.pow(38)).negate(), 10);
    Function<BigDecimal, String> base64 =
        number -> quoted(Base64.getEncoder().encodeToString(number.unscaledValue().toByteArray()));
    Function<Random, byte[]> bytes =
        random -> {
          byte[] content = new byte[random.nextInt(9)];
          random.nextBytes(content);
          return content;
        };
    Function<byte[], String> coded = content -> quoted(Base64.getEncoder().encodeToString(content));
    return Stream.of(
        of("bigint", "'int64'", Random::nextLong, String::valueOf, value -> value),
        of("bigint", null, Random::nextLong, String::valueOf, value -> value),
        of("int", "'int16'", random -> (int) (short) random.nextInt(), String::valueOf, v -> v),
        of("boolean", "'boolean'", Random::nextBoolean, String::valueOf, value -> value),
        of(
            "string",
            "'string'",
            RandomCollectionsTest::text,
            RandomCollectionsTest::quoted,
            t -> t),
        of("string", null, RandomCollectionsTest::text, RandomCollectionsTest::quoted, t -> t),
        of("date", "'int32'," + name("Date"), day, d -> "" + d.toEpochDay(), d -> d),
        of("date", null, day, d -> "" + d.toEpochDay(), d -> d),
        of("date", "'string'," + name("IsoDate"), day, d -> quoted(d + "Z"), d -> d),
        of("timestamp_ntz", "'int64'," + name("MicroTimestamp"), time, t -> "" + micros(t), t -> t),
        of("timestamp_ntz", null, time, t -> quoted(t + "Z"), t -> t),
        of(
            "timestamp",
            "'string'," + name("ZonedTimestamp"),
            time,
            t -> quoted(t + "Z"),
            t -> t.toInstant(ZoneOffset.UTC)),
        of("decimal(38,10)", null, decimal, base64, value -> value),
        of(
            "decimal(38,10)",
            "'bytes','name':'org.apache.kafka.connect.data.Decimal','parameters':{'scale':'10'}",
            decimal,
            base64,
            value -> value),
        of("double", "'double'", Random::nextGaussian, String::valueOf, value -> value),
        of("float", "'float'", Random::nextFloat, String::valueOf, value -> value),
        of("binary", "'bytes'", bytes, coded, HexFormat.of()::formatHex));
  }

  @ParameterizedTest
  @MethodSource("elements")
  <T> void givesBackEachElement(Elements<T> elements) throws IOException {
    // given
    Random random = new Random(seed);
    String schema =
        elements.items == null
            ? null
            : "{'type':'array','items':{'type':%s}}".formatted(elements.items).replace('\'', '"');
    for (int round = 0; round < ROUNDS; round++) {
      List<T> values = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        values.add(random.nextInt(5) == 0 ? null : elements.values.apply(random));
      }
      String json =
          values.stream()
              .map(value -> value == null ? "null" : elements.json.apply(value))
              .collect(Collectors.joining(",", "[", "]"));

      // when
      Object cell = decoded("array<" + elements.type + ">", json, schema);

      // then
      List<Object> expected = new ArrayList<>();
      values.forEach(value -> expected.add(value == null ? null : elements.cell.apply(value)));
      assertThat(comparable(cell)).as("seed %d, %s", seed, json).isEqualTo(expected);
    }
  }

  static Stream<Arguments> maps() {
    String map =
        "{'type':'map','keys':{'type':'string','optional':false},"
            + "'values':{'type':'string','optional':true}}";
    String text = "{'type':'string','name':'io.debezium.data.Json'}";
    return Stream.of(
        Arguments.of(map, false),
        Arguments.of(null, false),
        Arguments.of(text, true),
        Arguments.of(null, true));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void givesBackEachText(String schema, boolean asText) throws IOException {
    // given
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> texts = new HashMap<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        texts.put(text(random), random.nextInt(4) == 0 ? null : text(random));
      }
      String object = JSON.writeValueAsString(texts);
      String json = asText ? quoted(object) : object;

      // when
      Object cell =
          decoded("map<string,string>", json, schema == null ? null : schema.replace('\'', '"'));

      // then
      assertThat(cell).as("seed %d, %s", seed, json).isEqualTo(texts);
    }
  }

  private Object decoded(String type, String json, String schema) throws IOException {
    try {
      return WireValues.decode(type, json, schema);
    } catch (Quarantine e) {
      return fail("seed %d, %s".formatted(seed, json), e);
    }
  }

  private static List<Object> comparable(Object list) {
    List<Object> cells = new ArrayList<>();
    for (Object cell : (List<?>) list) {
      cells.add(cell instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : cell);
    }
    return cells;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(7), 0, Character.MAX_CODE_POINT + 1)
        .map(
            point ->
                random.nextInt(3) == 0
                    ? point
                    : " \"\\{}[],:='null0\n\u0000é".codePointAt(point % 17))
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(String type) {
    return "'name':'" + TIME + type + "'";
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
  }
}
