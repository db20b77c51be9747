package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes are, a record comes out; {@code -Dfuzz.seed} repeats a run, {@code
 * -Dfuzz.rounds} makes it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvelopeDecoderFuzzTest {
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 6_000);
  private static final Set<String> REASONS =
      Stream.of(QuarantineReason.values())
          .map(QuarantineReason::code)
          .collect(Collectors.toUnmodifiableSet());

  /** Each is put in the place of random bytes, so that mutants stay close to JSON. */
  private static final List<String> FRAGMENTS =
      List.of(
          "1e999999999",
          "1e-999999999",
          "-0",
          "9223372036854775808",
          "0.1",
          "1E400",
          "null",
          "true",
          "\"\"",
          "\"infinity\"",
          "\"NaN\"",
          "-0.0",
          "9223372036825200000",
          "24:00:00",
          "2020-06-22T24:00:00Z",
          "{\"scale\":2147483647,\"value\":\"AQ==\"}",
          "{\"year\":2020,\"month\":2,\"day\":30}",
          "\"type\":\"double\"",
          "io.debezium.time.StructuredTimestamp",
          "io.debezium.time.NanoTimestamp",
          "io.debezium.data.VariableScaleDecimal",
          "\"AQ==\"",
          "[]",
          "{}",
          "[[[[",
          "\\ud800",
          "\\",
          "\"",
          "\"op\":\"t\"",
          "\"op\":\"m\"",
          "\"op\":\"d\"",
          "\"before\":",
          "\"after\":",
          ",",
          "}",
          "\u0000",
          "\uFEFF",
          "😀",
          "__debezium_unavailable_value",
          "\"schema\":",
          "{\"ts_ms\":1}",
          "{\"serverName\":\"b2b\"}",
          "\"__deleted\":\"true\",",
          "\"name\":");

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

  @BeforeAll
  void tellTheSeed() {
    System.out.println("EnvelopeDecoderFuzzTest: -Dfuzz.seed=" + seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"companies", "customers", "orders", "weblogs", "types"})
  void alwaysGivesARecord(String table) {
    // given
    Random random = new Random(seed);
    boolean isTypes = table.equals("types");
    Golden golden = isTypes ? null : new Golden(table);
    EnvelopeDecoder decoder =
        new EnvelopeDecoder(isTypes ? TypesTable.contract() : GoldenRows.contract(table));

    for (int round = 0; round < ROUNDS; round++) {
      String operation = GoldenRows.OPERATIONS.get(random.nextInt(4));
      boolean keySchema = random.nextInt(4) == 0;
      boolean valueSchema = random.nextInt(isTypes ? 2 : 4) == 0;
      byte[] key = isTypes ? TypesTable.key(keySchema) : golden.keyBytes(operation, keySchema);
      byte[] value =
          isTypes
              ? TypesTable.value(
                  operation.equals("read") ? "r" : operation.substring(0, 1), valueSchema)
              : golden.valueBytes(operation, valueSchema);
      byte[] badKey = random.nextInt(3) == 0 ? mutate(random, key) : key;
      byte[] badValue = mutate(random, value);

      // when
      DecodedRecord record = decode(decoder, badKey, badValue);

      // then
      assertInvariants(record, badKey, badValue);
    }
  }

  @Test
  void aFlattenedRowStaysOneOrIsRefused() {
    // given
    Random random = new Random(seed);
    EnvelopeDecoder decoder = new EnvelopeDecoder(FlattenedRows.contract());

    for (int round = 0; round < ROUNDS; round++) {
      byte[] key =
          random.nextInt(3) == 0 ? mutate(random, FlattenedRows.key()) : FlattenedRows.key();
      byte[] value = mutate(random, FlattenedRows.row("cud".charAt(random.nextInt(3)) + ""));

      // when
      DecodedRecord record = decode(decoder, key, value);

      // then
      Supplier<String> input = () -> "seed %d, %s, %s".formatted(seed, hex(key), hex(value));
      switch (record.status()) {
        case CHANGE -> {
          assertThat(record.key()).as(input).isNotNull().doesNotContainNull();
          assertThat(record.op()).as(input).isIn("r", "c", "u", "d", null);
          assertThat(record.before() != null).as(input).isEqualTo("d".equals(record.op()));
          assertThat(record.after() == null).as(input).isEqualTo("d".equals(record.op()));
        }
        case TOMBSTONE ->
            assertThat(value == null || new String(value, StandardCharsets.UTF_8).contains("null"))
                .as(input)
                .isTrue();
        case QUARANTINED ->
            assertThat(REASONS).as(input).contains(record.reason().split(":", 2)[0]);
        default -> fail("%s: %s", record.status(), input.get());
      }
    }
  }

  private DecodedRecord decode(EnvelopeDecoder decoder, byte[] key, byte[] value) {
    try {
      return decoder.decode(key, value);
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed %d, %s, %s".formatted(seed, hex(key), hex(value)), e);
    }
  }

  private void assertInvariants(DecodedRecord record, byte[] key, byte[] value) {
    Supplier<String> input = () -> "seed %d, %s, %s".formatted(seed, hex(key), hex(value));
    switch (record.status()) {
      case QUARANTINED -> assertThat(REASONS).as(input).contains(record.reason().split(":", 2)[0]);
      case CHANGE -> {
        assertThat(record.reason()).as(input).isNull();
        assertThat(record.key()).as(input).isNotNull().doesNotContainNull();
        assertThat(record.op()).as(input).isIn("r", "c", "u", "d");
        assertThat(record.after() == null).as(input).isEqualTo(record.op().equals("d"));
      }
      case TOMBSTONE -> assertThat(value).as(input).isNull();
      case CONTROL -> {
        assertThat(record.key()).as(input).isNull();
        if (record.control() == ControlKind.MESSAGE) {
          assertThat(record.op()).as(input).isEqualTo("m");
        } else {
          assertThat(record.control()).as(input).isEqualTo(ControlKind.HEARTBEAT);
          assertThat(key).as(input).asString(StandardCharsets.UTF_8).contains("\"serverName\"");
          assertThat(value).as(input).asString(StandardCharsets.UTF_8).contains("\"ts_ms\"");
        }
      }
    }
  }

  private static byte[] mutate(Random random, byte[] original) {
    if (random.nextInt(50) == 0) {
      return null;
    }
    byte[] bytes = original;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(bytes.length + 1);
      int end = Math.min(bytes.length, at + random.nextInt(12));
      byte[] inserted =
          switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> Arrays.copyOfRange(bytes, end / 2, Math.min(bytes.length, end / 2 + 20));
            default ->
                FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).getBytes(StandardCharsets.UTF_8);
          };
      byte[] mutant = new byte[at + inserted.length + bytes.length - end];
      System.arraycopy(bytes, 0, mutant, 0, at);
      System.arraycopy(inserted, 0, mutant, at, inserted.length);
      System.arraycopy(bytes, end, mutant, at + inserted.length, bytes.length - end);
      bytes = mutant;
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }
}
