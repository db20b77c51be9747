package dev.changelake.envelope;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random values of each type, written in each form by a few lines of plain Java here, come back as
 * they were; {@code -Dforms.seed} repeats a run, {@code -Dforms.rounds} makes it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomFormsTest {
  private static final int ROUNDS = Integer.getInteger("forms.rounds", 2_000);
  private static final String TIME = "io.debezium.time.";
  private static final String CONNECT = "org.apache.kafka.connect.data.";

  private final long seed = Long.getLong("forms.seed", System.nanoTime());

  @BeforeAll
  void tellTheSeed() {
    System.out.println("RandomFormsTest: -Dforms.seed=" + seed);
  }

  /** A way to write values of a type. */
  private record Form<T>(
      String type,
      Function<Random, T> values,
      String primitive,
      String name,
      Function<T, Object> json,
      Function<T, Object> cell) {}

  private static <T> Arguments form(
      String type,
      Function<Random, T> values,
      String schema,
      String name,
      Function<T, Object> json) {
    return form(type, values, schema, name, json, value -> value);
  }

  private static <T> Arguments form(
      String type,
      Function<Random, T> values,
      String schema,
      String name,
      Function<T, Object> json,
      Function<T, Object> cell) {
    return Arguments.of(
        Named.of(
            type + " as " + schema + " " + name,
            new Form<>(type, values, schema, name, json, cell)));
  }

  static Stream<Arguments> forms() {
    return Stream.of(dates(), times(), timestamps(), decimals(), others()).flatMap(all -> all);
  }

  private static Stream<Arguments> dates() {
    return Stream.of(
        form("date", RandomFormsTest::day, "int32", TIME + "Date", LocalDate::toEpochDay),
        form("date", RandomFormsTest::day, "int32", CONNECT + "Date", LocalDate::toEpochDay),
        form("date", RandomFormsTest::day, "string", TIME + "IsoDate", day -> quoted(day + "Z")),
        form(
            "date",
            RandomFormsTest::day,
            "struct",
            TIME + "StructuredDate",
            day -> "{%s,\"specialValue\":null}".formatted(parts(day))));
  }

  private static Stream<Arguments> times() {
    Function<Long, Object> text =
        micros ->
            micros == 86_400_000_000L
                ? "24:00:00.000000"
                : "%1$tH:%1$tM:%1$tS.%2$06d"
                    .formatted(LocalTime.ofNanoOfDay(micros * 1000), micros % 1_000_000);
    Function<Random, Long> millis = random -> timeOfDay(random) / 1000 * 1000;
    return Stream.of(
        form("time", millis, "int32", TIME + "Time", micros -> micros / 1000, text),
        form("time", millis, "int32", CONNECT + "Time", micros -> micros / 1000, text),
        form("time", RandomFormsTest::timeOfDay, "int64", TIME + "MicroTime", m -> m, text),
        form("time", RandomFormsTest::timeOfDay, "int64", TIME + "NanoTime", m -> m * 1000, text),
        form(
            "time",
            random -> timeOfDay(random) % 86_400_000_000L,
            "string",
            TIME + "IsoTime",
            micros -> quoted(ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * 1000)) + "Z"),
            text),
        form(
            "time",
            RandomFormsTest::timeOfDay,
            "struct",
            TIME + "StructuredTimePrecision6",
            micros ->
                "{\"hour\":%d,\"minute\":%d,\"second\":%d,\"picoseconds\":%d,\"precision\":6}"
                    .formatted(
                        micros / 3_600_000_000L,
                        micros / 60_000_000 % 60,
                        micros / 1_000_000 % 60,
                        micros % 1_000_000 * 1_000_000),
            text));
  }

  private static Stream<Arguments> timestamps() {
    Function<Random, LocalDateTime> millis =
        random -> local(random).withNano(random.nextInt(1000) * 1_000_000);
    Function<Random, LocalDateTime> near =
        random -> LocalDateTime.of(1970, 1, 1, 0, 0).plusNanos(random.nextLong() / 1000 * 1000);
    return Stream.of("timestamp_ntz", "timestamp")
        .flatMap(
            type -> {
              Function<LocalDateTime, Object> cell =
                  type.equals("timestamp") ? time -> time.toInstant(ZoneOffset.UTC) : time -> time;
              return Stream.of(
                  form(type, millis, "int64", TIME + "Timestamp", t -> micros(t) / 1000, cell),
                  form(type, millis, "int64", CONNECT + "Timestamp", t -> micros(t) / 1000, cell),
                  form(
                      type,
                      RandomFormsTest::local,
                      "int64",
                      TIME + "MicroTimestamp",
                      RandomFormsTest::micros,
                      cell),
                  form(type, near, "int64", TIME + "NanoTimestamp", t -> micros(t) * 1000, cell),
                  form(
                      type,
                      RandomFormsTest::local,
                      "string",
                      TIME + "IsoTimestamp",
                      time -> quoted(time + "Z"),
                      cell),
                  form(
                      type,
                      RandomFormsTest::local,
                      "struct",
                      TIME + "StructuredTimestamp",
                      time -> "{%s}".formatted(parts(time)),
                      cell),
                  type.equals("timestamp")
                      ? form(
                          type,
                          RandomFormsTest::local,
                          "struct",
                          TIME + "StructuredZonedTimestamp",
                          time ->
                              "{%s,\"offsetSeconds\":-5400}"
                                  .formatted(parts(time.minusSeconds(5400))),
                          cell)
                      : form(
                          "string",
                          random -> local(random) + "Z",
                          "string",
                          TIME + "ZonedTimestamp",
                          RandomFormsTest::quoted));
            });
  }

  private static Stream<Arguments> decimals() {
    Function<Random, BigDecimal> wide = random -> decimal(random, 38, 10);
    Function<Random, BigDecimal> narrow = random -> decimal(random, 15, 4);
    return Stream.of(
        form(
            "decimal(38,10)",
            wide,
            "struct",
            "io.debezium.data.VariableScaleDecimal",
            number -> "{\"scale\":%d,\"value\":%s}".formatted(number.scale(), base64(number))),
        form("decimal(38,10)", wide, "string", "", number -> quoted(number.toPlainString())),
        form("decimal(38,10)", wide, "", "", RandomFormsTest::base64),
        form("decimal(38,10)", wide, "", "", number -> number),
        form("decimal(15,4)", narrow, "double", "", BigDecimal::doubleValue));
  }

  private static Stream<Arguments> others() {
    Function<Random, byte[]> bytes =
        random -> {
          byte[] all = new byte[random.nextInt(40)];
          random.nextBytes(all);
          return all;
        };
    Function<byte[], Object> base64 = all -> quoted(Base64.getEncoder().encodeToString(all));
    return Stream.of(
        form("double", RandomFormsTest::float64, "double", "", RandomFormsTest::jackson),
        form("double", RandomFormsTest::float64, "", "", RandomFormsTest::jackson),
        form("float", RandomFormsTest::float32, "float", "", RandomFormsTest::jackson),
        form("float", RandomFormsTest::float32, "", "", RandomFormsTest::jackson),
        form(
            "float",
            RandomFormsTest::float32,
            "double",
            "",
            number -> jackson((double) number),
            number -> number),
        form(
            "double",
            RandomFormsTest::float32,
            "float",
            "",
            RandomFormsTest::jackson,
            number -> (double) number),
        form("binary", bytes, "bytes", "", base64),
        form("binary", bytes, "bytes", "io.debezium.data.Bits", base64),
        form("binary", bytes, "", "", base64),
        form("bigint", Random::nextLong, "int64", "", number -> number),
        form("int", Random::nextInt, "int32", "", number -> number));
  }

  @ParameterizedTest
  @MethodSource("forms")
  <T> void givesBackWhatWasWritten(Form<T> form) throws IOException {
    // given
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      T value = form.values.apply(random);
      String json = form.json.apply(value).toString();

      // when
      Object cell = decoded(form, json);

      // then
      assertThat(cell).as("seed %d, %s", seed, json).isEqualTo(form.cell.apply(value));
    }
  }

  private Object decoded(Form<?> form, String json) throws IOException {
    try {
      return form.primitive.isEmpty()
          ? WireValues.decode(form.type, json, null)
          : WireValues.decode(form.type, json, form.primitive, form.name);
    } catch (Quarantine e) {
      return fail("seed %d, %s".formatted(seed, json), e);
    }
  }

  private static LocalDate day(Random random) {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
  }

  private static long timeOfDay(Random random) {
    return random.nextInt(20) == 0 ? 86_400_000_000L : random.nextLong(86_400_000_000L);
  }

  private static LocalDateTime local(Random random) {
    return day(random).atStartOfDay().plusNanos(random.nextLong(86_400_000_000L) * 1000);
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
  }

  private static BigDecimal decimal(Random random, int digits, int scale) {
    BigInteger unscaled =
        new BigInteger(random.nextInt(128) + 1, random).mod(BigInteger.TEN.pow(digits));
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
  }

  /** Any pattern of bits, but of those that are no number only one. */
  private static Double float64(Random random) {
    double number = Double.longBitsToDouble(random.nextLong());
    return random.nextInt(50) == 0 ? -0.0 : Double.isNaN(number) ? Double.NaN : number;
  }

  private static Float float32(Random random) {
    float number = Float.intBitsToFloat(random.nextInt());
    return random.nextInt(50) == 0 ? -0.0f : Float.isNaN(number) ? Float.NaN : number;
  }

  /** Jackson quotes what JSON has no number for. */
  private static Object jackson(Number number) {
    return Double.isFinite(number.doubleValue()) ? number : quoted(number.toString());
  }

  private static String base64(BigDecimal number) {
    return quoted(Base64.getEncoder().encodeToString(number.unscaledValue().toByteArray()));
  }

  private static String parts(LocalDate day) {
    return "\"year\":%d,\"month\":%d,\"day\":%d"
        .formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }

  private static String parts(LocalDateTime time) {
    return parts(time.toLocalDate())
        + ",\"hour\":%d,\"minute\":%d,\"second\":%d,\"nanos\":%d"
            .formatted(time.getHour(), time.getMinute(), time.getSecond(), time.getNano());
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
