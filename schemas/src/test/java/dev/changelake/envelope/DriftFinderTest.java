package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.DriftKind;
import dev.changelake.contract.DriftPolicies;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.RedshiftHints;
import dev.changelake.contract.SourceTable;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record tells of a source that has changed, and what makes the contract fit. */
class DriftFinderTest {
  private static final DriftPolicies EVOLVE =
      new DriftPolicies(
          Map.of(
              DriftKind.ADDED,
              DriftPolicy.EVOLVE,
              DriftKind.WIDENED,
              DriftPolicy.EVOLVE,
              DriftKind.DROPPED,
              DriftPolicy.EVOLVE));

  private static final String ID = field("id", "int64", false);
  private static final String PRICE = decimal("price", 9, 2);
  private static final String AMOUNT = field("amount", "int32", false);

  /** A row of the contract. */
  private static final String ROW = "\"id\":1,\"price\":\"MDk=\",\"amount\":7";

  private final TableContract items = contract(EVOLVE);

  @Test
  void findsNothingInARecordThatIsRead() {
    assertThat(find(items, List.of(ID, PRICE, AMOUNT), ROW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean||boolean",
        "int16||int",
        "int64||bigint",
        "float||float",
        "double||double",
        "string||string",
        "string|io.debezium.data.Uuid|string",
        "bytes||binary",
        "int32|io.debezium.time.Date|date",
        "string|io.debezium.time.IsoDate|date",
        "int64|io.debezium.time.MicroTime|time",
        "int64|io.debezium.time.MicroTimestamp|timestamp_ntz",
        "string|io.debezium.time.ZonedTimestamp|timestamp"
      })
  void addsAColumnOfTheSourcesType(String primitive, String name, String type) {
    // given
    String field =
        "{\"type\":\"%s\"%s,\"optional\":true,\"field\":\"more\"}"
            .formatted(primitive, name == null ? "" : ",\"name\":\"" + name + "\"");

    // when
    List<Drift> drifts = find(items, List.of(ID, PRICE, AMOUNT, field), ROW + ",\"more\":null");

    // then
    assertThat(drifts).hasSize(1);
    assertThat(drifts.get(0).kind()).isEqualTo(DriftKind.ADDED);
    assertThat(drifts.get(0).to()).isEqualTo(type);
    Column added =
        items.evolved(List.of(drifts.get(0).change().orElseThrow())).column("more").orElseThrow();
    assertThat(added.type()).isEqualTo(ColumnType.parse(type));
    assertThat(added.nullable()).isTrue();
    assertThat(added.omittable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "price|12|4|\"BfXhAQ==\"|decimal(12,4)",
        "price|18|2|\"AQAAAAA=\"|decimal(18,2)",
        "price|10|4|\"BfXhAQ==\"|decimal(11,4)"
      })
  void widensADecimalToWhatHoldsBoth(
      String column, int precision, int scale, String value, String type) {
    // when
    List<Drift> drifts =
        find(
            items,
            List.of(ID, decimal(column, precision, scale), AMOUNT),
            "\"id\":1,\"price\":%s,\"amount\":7".formatted(value));

    // then
    assertThat(drifts).singleElement().satisfies(drift -> isWidened(drift, "price", type));
  }

  @Test
  void widensAnIntegerAndLetsItBeNull() {
    // given
    List<String> fields = List.of(ID, PRICE, field("amount", "int64", true));

    // when
    List<Drift> large = find(items, fields, ROW.replace(":7", ":3000000000"));
    List<Drift> none = find(items, fields, ROW.replace(":7", ":null"));
    List<Drift> fits = find(items, fields, ROW);

    // then
    assertThat(large).singleElement().satisfies(drift -> isWidened(drift, "amount", "bigint"));
    assertThat(large.get(0).change().orElseThrow().nullable()).isFalse();
    assertThat(none).singleElement().satisfies(drift -> isWidened(drift, "amount", "null"));
    assertThat(none.get(0).change().orElseThrow().nullable()).isTrue();
    assertThat(fits).as("what fits needs no change").isEmpty();
  }

  /** A widened column still gets rows from before, in the same batch and in replays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "int|int16|bigint|-7",
        "int|int32|bigint|2147483647",
        "int|int32|double|-2147483648",
        "int|int16|double|7",
        "int|int32|decimal(12,2)|-2147483648",
        "bigint|int64|decimal(22,2)|-9223372036854775808",
        "bigint|int32|decimal(20,0)|7",
        "float|float|double|0.1",
        "float|float|double|\"NaN\""
      })
  void valuesOfTheNarrowerTypeAreReadAsTheWiderOne(
      String narrow, String primitive, String wide, String json) throws Exception {
    // given
    WireSchema schema =
        new WireSchema(
            WireMessage.tree("{\"type\":\"%s\",\"optional\":false}".formatted(primitive)));
    JsonNode node = WireMessage.tree(json);

    // when
    Object before = WireValue.decode(WireValues.column("it", narrow, false), node, schema);
    Object after = WireValue.decode(WireValues.column("it", wide, false), node, schema);

    // then
    assertThat(ColumnType.parse(narrow).fitsIn(ColumnType.parse(wide))).isTrue();
    assertThat(text(after)).isEqualTo(text(before));
  }

  private static String text(Object number) {
    return number instanceof Float || number instanceof Double
        ? Double.isNaN(((Number) number).doubleValue())
            ? "NaN"
            : new BigDecimal(((Number) number).doubleValue()).stripTrailingZeros().toPlainString()
        : new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
  }

  @Test
  void doesNotCallASpoiledValueDrift() {
    assertThat(find(items, List.of(ID, PRICE, AMOUNT), ROW.replace(":7", ":\"7\""))).isEmpty();
    assertThat(find(items, List.of(ID, PRICE, AMOUNT), ROW.replace(":7", ":null"))).isEmpty();
  }

  @Test
  void tellsAColumnOfAnotherTypeAndChangesNothing() {
    // when
    List<Drift> drifts =
        find(
            items,
            List.of(ID, PRICE, field("amount", "string", false)),
            ROW.replace(":7", ":\"seven\""));

    // then
    assertThat(drifts)
        .containsExactly(new Drift(DriftKind.TYPE, "amount", "int", "string", Optional.empty()));
  }

  @Test
  void dropsAColumnAndAddsOneInRecordsOfTheirOwn() {
    assertThat(find(items, List.of(ID, PRICE), "\"id\":1,\"price\":\"MDk=\""))
        .singleElement()
        .satisfies(
            drift -> {
              assertThat(drift.kind()).isEqualTo(DriftKind.DROPPED);
              assertThat(drift.column()).isEqualTo("amount");
              Column dropped =
                  items.evolved(List.of(drift.change().orElseThrow())).column("amount").get();
              assertThat(dropped.nullable() && dropped.omittable()).isTrue();
            });
  }

  @Test
  void looksAtTheRowBeforeToo() {
    // given
    String value =
        ("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[%1$s],"
                + "\"field\":\"before\"},{\"type\":\"struct\",\"fields\":[%1$s],\"field\":\"after\"}]},"
                + "\"payload\":{\"op\":\"u\",\"source\":{},\"before\":{%2$s},\"after\":{%3$s}}}")
            .formatted(
                String.join(",", ID, PRICE, field("amount", "int64", false)),
                ROW.replace(":7", ":3000000000"),
                ROW);

    // when
    List<Drift> drifts = new DriftFinder(items).find(bytes("{\"id\":1}"), bytes(value));

    // then
    assertThat(drifts).singleElement().satisfies(drift -> isWidened(drift, "amount", "bigint"));
  }

  @Test
  void doesNotGuessThatAColumnWasRenamed() {
    assertThat(
            find(
                items,
                List.of(ID, PRICE, field("quantity", "int32", false)),
                ROW.replace("amount", "quantity")))
        .containsExactly(
            new Drift(DriftKind.RENAMED, "amount", "amount", "quantity", Optional.empty()));
  }

  @Test
  void findsAllThatARecordNeedsOneAfterTheOther() {
    assertThat(
            find(
                items,
                List.of(ID, PRICE, field("amount", "int64", true), field("more", "string", true)),
                ROW.replace(":7", ":3000000000") + ",\"more\":\"m\""))
        .extracting(Drift::kind)
        .containsExactly(DriftKind.ADDED, DriftKind.WIDENED);
  }

  @Test
  void changesNothingForARecordThatIsRefusedAllTheSame() {
    // when
    List<Drift> drifts =
        find(
            items,
            List.of(ID, PRICE, AMOUNT, field("more", "string", true)),
            ROW.replace(":7", ":\"7\"") + ",\"more\":\"m\"");

    // then
    assertThat(drifts)
        .containsExactly(new Drift(DriftKind.ADDED, "more", "", "string", Optional.empty()));
  }

  @Test
  void looksNoFurtherThanThePolicyLetsItGo() {
    // when
    List<Drift> drifts =
        find(
            contract(DriftPolicies.HOLD),
            List.of(ID, PRICE, field("amount", "int64", true), field("more", "string", true)),
            ROW.replace(":7", ":3000000000") + ",\"more\":\"m\"");

    // then
    assertThat(drifts)
        .containsExactly(new Drift(DriftKind.ADDED, "more", "", "string", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upper", "_under", "a$b"})
  void addsNoColumnWhoseNameNoContractHas(String name) {
    assertThat(
            find(
                items,
                List.of(ID, PRICE, AMOUNT, field(name, "string", true)),
                ROW + ",\"%s\":\"m\"".formatted(name)))
        .containsExactly(new Drift(DriftKind.ADDED, name, "", "string", Optional.empty()));
  }

  @Test
  void addsNoColumnWhoseTypeNobodyTells() {
    // given
    String without = "{\"op\":\"c\",\"source\":{},\"after\":{%s,\"more\":5}}".formatted(ROW);

    // when
    List<Drift> drifts = new DriftFinder(items).find(bytes("{\"id\":1}"), bytes(without));

    // then
    assertThat(drifts)
        .containsExactly(new Drift(DriftKind.ADDED, "more", "", "", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {"{\"id\":1,\"region\":\"eu\"}|id, region", "{\"item_id\":1}|item_id"})
  void tellsAKeyOfOtherColumns(String key, String to) {
    // given
    String value = "{\"op\":\"c\",\"source\":{},\"after\":{%s}}".formatted(ROW);

    // when
    List<Drift> drifts = new DriftFinder(items).find(bytes(key), bytes(value));

    // then
    assertThat(drifts).containsExactly(new Drift(DriftKind.KEY, "id", "id", to, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{\"op\":\"c\",\"source\":{}}",
        "{\"op\":\"c\",\"source\":{\"table\":\"others\"},\"after\":{\"other\":1}}",
        "{\"op\":\"x\",\"source\":{},\"after\":{\"id\":1,\"price\":\"MDk=\",\"amount\":7}}"
      })
  void findsNothingInGarbage(String value) {
    assertThat(new DriftFinder(items).find(bytes("{\"id\":1}"), bytes(value))).isEmpty();
  }

  private static void isWidened(Drift drift, String column, String to) {
    assertThat(drift.kind()).isEqualTo(DriftKind.WIDENED);
    assertThat(drift.column()).isEqualTo(column);
    assertThat(drift.to()).isEqualTo(to);
    assertThat(drift.change()).isPresent();
  }

  private static List<Drift> find(TableContract contract, List<String> fields, String row) {
    String value =
        ("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"field\":\"before\"},"
                + "{\"type\":\"struct\",\"fields\":[%s],\"field\":\"after\"}]},"
                + "\"payload\":{\"op\":\"c\",\"source\":{\"lsn\":1},\"before\":null,\"after\":{%s}}}")
            .formatted(String.join(",", fields), row);
    return new DriftFinder(contract).find(bytes("{\"id\":1}"), bytes(value));
  }

  private static String field(String name, String type, boolean optional) {
    return "{\"type\":\"%s\",\"optional\":%s,\"field\":\"%s\"}".formatted(type, optional, name);
  }

  private static String decimal(String name, int precision, int scale) {
    return ("{\"type\":\"bytes\",\"optional\":false,\"name\":\"org.apache.kafka.connect.data.Decimal\","
            + "\"parameters\":{\"scale\":\"%d\",\"connect.decimal.precision\":\"%d\"},\"field\":\"%s\"}")
        .formatted(scale, precision, name);
  }

  private static TableContract contract(DriftPolicies drift) {
    List<Column> columns = new ArrayList<>();
    columns.add(WireValues.column("id", "bigint", false));
    columns.add(WireValues.column("price", "decimal(9,2)", false));
    columns.add(WireValues.column("amount", "int", false));
    return new TableContract(
        "items",
        "b2b.public.items",
        TableMode.MERGE,
        List.of("id"),
        columns,
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        drift,
        RecordForm.ENVELOPE,
        SourceTable.UNSAID,
        RedshiftHints.NONE,
        "",
        "items");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
