package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debezium writes is read as what it means. */
class EnvelopeDecoderGoldenTest {

  static Stream<Arguments> records() {
    return GoldenRows.TABLES.stream()
        .flatMap(
            table ->
                GoldenRows.OPERATIONS.stream()
                    .flatMap(
                        operation ->
                            Stream.of(
                                Arguments.of(table, operation, false),
                                Arguments.of(table, operation, true))));
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsWhatDebeziumWrites(String table, String operation, boolean inlineSchema) {
    // given
    TableContract contract = GoldenRows.contract(table);
    Golden golden = new Golden(table);
    EnvelopeDecoder decoder = new EnvelopeDecoder(contract);

    // when
    DecodedRecord record =
        decoder.decode(
            golden.keyBytes(operation, inlineSchema), golden.valueBytes(operation, inlineSchema));

    // then
    boolean appendOnly =
        table.equals("weblogs") && List.of("update", "delete", "tombstone").contains(operation);
    assertThat(record.key())
        .containsExactly(Arrays.copyOf(GoldenRows.first(table), contract.key().size()));
    if (appendOnly) {
      assertThat(record.status()).isEqualTo(RecordStatus.QUARANTINED);
      assertThat(record.reason()).startsWith("operation_not_allowed");
    } else if (operation.equals("tombstone")) {
      assertThat(record.status()).isEqualTo(RecordStatus.TOMBSTONE);
    } else {
      assertThat(record.status()).as(record.reason()).isEqualTo(RecordStatus.CHANGE);
      assertThat(record.before()).isEqualTo(before(table, operation));
      assertThat(record.after()).isEqualTo(after(table, operation));
    }
    assertHead(record, operation);
  }

  private static Object[] before(String table, String operation) {
    return operation.equals("delete") ? GoldenRows.deleted(table) : null;
  }

  private static Object[] after(String table, String operation) {
    return switch (operation) {
      case "read", "create" -> GoldenRows.first(table);
      case "update" -> GoldenRows.second(table);
      default -> null;
    };
  }

  private static void assertHead(DecodedRecord record, String operation) {
    if (operation.equals("tombstone")) {
      assertThat(record.op()).isNull();
      assertThat(record.lsn()).isNull();
      return;
    }
    assertThat(record.op()).isEqualTo(operation.substring(0, 1));
    assertThat(record.sourceTsMs()).isEqualTo(GoldenRows.TS_MS);
    assertThat(record.lsn())
        .isEqualTo(
            switch (operation) {
              case "read" -> 4400L;
              case "create" -> 5000L;
              case "update" -> 5100L;
              default -> 5200L;
            });
    assertThat(record.txId()).isNotNull();
  }
}
