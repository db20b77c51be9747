package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.TableContract;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeEncoderTest {

  static Stream<Arguments> messages() {
    return GoldenRows.TABLES.stream()
        .flatMap(
            table ->
                Stream.of("read", "create", "update", "delete")
                    .flatMap(
                        operation ->
                            Stream.of(
                                Arguments.of(table, operation, false),
                                Arguments.of(table, operation, true))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writesWhatDebeziumWrites(String table, String operation, boolean inlineSchema) {
    // given
    TableContract contract = GoldenRows.contract(table);
    Golden golden = new Golden(table);
    EnvelopeEncoder encoder = new EnvelopeEncoder(contract, inlineSchema);

    // when
    byte[] key = encoder.key(GoldenRows.map(contract, GoldenRows.first(table)));
    byte[] value = value(encoder, contract, operation);

    // then
    assertThat(Golden.tree(key)).isEqualTo(golden.key(operation, inlineSchema));
    assertThat(Golden.tree(value)).isEqualTo(golden.value(operation, inlineSchema));
    assertThat(text(key)).isEqualTo(text(golden.keyBytes(operation, inlineSchema)));
    assertThat(text(value)).isEqualTo(text(golden.valueBytes(operation, inlineSchema)));
  }

  @Test
  void writesEachTypeAsTheDecoderReadsIt() {
    // when
    DecodedRecord record =
        new EnvelopeDecoder(TypesTable.contract())
            .decode(TypesTable.key(true), TypesTable.value("c", true));

    // then
    assertThat(record.reason()).isNull();
    assertThat(record.after()).isEqualTo(TypesTable.values());
  }

  @Test
  void writesEachTypeAsDebeziumDoes() {
    // when
    JsonNode after = Golden.tree(TypesTable.value("c", false)).get("after");

    // then
    assertThat(after)
        .hasToString(
            "{\"id\":7,\"an_int\":-1,\"a_boolean\":true,\"a_string\":\"Zoë\",\"a_date\":18435,"
                + "\"a_time\":86400000000,\"a_timestamp\":\"2020-06-22T10:15:30.123456Z\","
                + "\"a_timestamp_ntz\":1585449000000001,\"a_decimal\":\"/w==\",\"a_double\":0.1,"
                + "\"a_float\":1.5,\"a_binary\":\"AAH/\",\"an_array\":[\"Cg==\",null,\"/w==\"],"
                + "\"a_map\":{\"Zoë\":null}}");
  }

  @Test
  void writesSchemasOfArraysAndMapsAsDebeziumDoes() {
    // when
    JsonNode columns = Golden.tree(TypesTable.value("c", true)).at("/schema/fields/1/fields");

    // then
    assertThat(columns.get(columns.size() - 2))
        .hasToString(
            "{\"type\":\"array\",\"items\":{\"type\":\"bytes\",\"optional\":true,"
                + "\"name\":\"org.apache.kafka.connect.data.Decimal\",\"version\":1,"
                + "\"parameters\":{\"scale\":\"2\",\"connect.decimal.precision\":\"18\"}},"
                + "\"optional\":true,\"field\":\"an_array\"}");
    assertThat(columns.get(columns.size() - 1))
        .hasToString(
            "{\"type\":\"map\",\"keys\":{\"type\":\"string\",\"optional\":false},"
                + "\"values\":{\"type\":\"string\",\"optional\":true},"
                + "\"optional\":true,\"field\":\"a_map\"}");
  }

  @Test
  void refusesTimesThatAreNone() {
    // given
    EnvelopeEncoder encoder = new EnvelopeEncoder(TypesTable.contract(), false);
    SourceBlock source = GoldenRows.source("types", "false", 1, 1);
    Map<String, Object> late = TypesTable.row();
    late.put("a_time", "24:00:00.000001");
    Map<String, Object> fine = TypesTable.row();
    fine.put("a_timestamp_ntz", LocalDateTime.parse("2020-06-22T10:15:30.000000001"));

    // when, then
    assertThatThrownBy(() -> encoder.value(Operation.CREATE, null, late, source))
        .hasMessageContaining("24:00:00");
    assertThatThrownBy(() -> encoder.value(Operation.CREATE, null, fine, source))
        .hasMessageContaining("microsecond");
  }

  @Test
  void givesTheSameBytesEachTime() {
    // given
    TableContract contract = GoldenRows.contract("orders");

    // when
    byte[] once = value(new EnvelopeEncoder(contract, true), contract, "create");
    byte[] again = value(new EnvelopeEncoder(contract, true), contract, "create");

    // then
    assertThat(again).isEqualTo(once);
  }

  @Test
  void refusesToRound() {
    // given
    TableContract contract = GoldenRows.contract("orders");
    EnvelopeEncoder encoder = new EnvelopeEncoder(contract, false);
    SourceBlock source = GoldenRows.source("orders", "false", 1, 1);
    Map<String, Object> nanos = GoldenRows.map(contract, GoldenRows.first("orders"));
    nanos.put("created_date", Instant.parse("2020-06-22T10:15:30.000000001Z"));
    Map<String, Object> mills = GoldenRows.map(contract, GoldenRows.first("orders"));
    mills.put("prod_quote_price", new BigDecimal("0.001"));

    // when, then
    assertThatThrownBy(() -> encoder.value(Operation.CREATE, null, nanos, source))
        .hasMessageContaining("microsecond");
    assertThatThrownBy(() -> encoder.value(Operation.CREATE, null, mills, source))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void refusesAKeyWithoutAValue() {
    // given
    EnvelopeEncoder encoder = new EnvelopeEncoder(GoldenRows.contract("orders"), false);

    // when, then
    assertThatThrownBy(() -> encoder.key(new HashMap<>())).hasMessageContaining("order_id");
  }

  private static byte[] value(EnvelopeEncoder encoder, TableContract contract, String operation) {
    String table = contract.table();
    Map<String, Object> first = GoldenRows.map(contract, GoldenRows.first(table));
    return switch (operation) {
      case "read" ->
          encoder.value(Operation.READ, null, first, GoldenRows.source(table, "first", 560, 4400));
      case "create" ->
          encoder.value(
              Operation.CREATE, null, first, GoldenRows.source(table, "false", 571, 5000));
      case "update" ->
          encoder.value(
              Operation.UPDATE,
              null,
              GoldenRows.map(contract, GoldenRows.second(table)),
              GoldenRows.source(table, "false", 572, 5100));
      default ->
          encoder.value(
              Operation.DELETE,
              GoldenRows.map(contract, GoldenRows.deleted(table)),
              null,
              GoldenRows.source(table, "false", 573, 5200));
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
