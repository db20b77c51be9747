package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One file: its structure, which the JSON Schema tells editors too, and its contradictions. */
class ContractFileTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(ContractFileTest.class.getResourceAsStream("/contract.schema.json"));

  /** The place of the column among those of the web logs. */
  private static final int COUNTRY = 12;

  static List<Path> shippedFiles() {
    return ContractTexts.shippedFiles();
  }

  @ParameterizedTest
  @MethodSource("shippedFiles")
  void shippedFilesHoldToTheJsonSchema(Path file) throws IOException {
    // when, then
    assertThat(SCHEMA.validate(ContractTexts.shipped(file))).isEmpty();
    assertThat(ContractTexts.parse(Files.readString(file)).table() + ".json")
        .isEqualTo(file.getFileName().toString());
  }

  @Test
  void takesTheExampleThatTheBadOnesStartFrom() {
    // when, then
    assertThat(SCHEMA.validate(ContractTexts.items())).isEmpty();
    assertThat(ContractTexts.parse(ContractTexts.items()).table()).isEqualTo("items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "double",
        "float",
        "binary",
        "time",
        "timestamp_ntz",
        "array<int>",
        "array<decimal(38,38)>",
        "map<string,string>"
      })
  void fileAndSchemaTakeTheSameTypes(String type) {
    // given
    ObjectNode items = ContractTexts.items();
    ContractTexts.column(items, 1).put("type", type);

    // when, then
    assertThat(SCHEMA.validate(items)).isEmpty();
    assertThat(ContractTexts.parse(items).columns().get(1).type()).hasToString(type);
  }

  @ParameterizedTest
  @EnumSource(RecordForm.class)
  void fileAndSchemaTakeTheSameForms(RecordForm form) {
    // given
    ObjectNode items = ContractTexts.items();
    ObjectNode other = ContractTexts.items().put("form", form.code());

    // when, then
    assertThat(SCHEMA.validate(other)).isEmpty();
    assertThat(ContractTexts.parse(other).form()).isEqualTo(form);
    assertThat(ContractTexts.parse(items).form()).isEqualTo(RecordForm.ENVELOPE);
    assertThat(ContractTexts.parse(other).fingerprint())
        .isNotEqualTo(ContractTexts.parse(items).fingerprint());
  }

  @Test
  void refusesAnotherForm() {
    // given
    ObjectNode items = ContractTexts.items().put("form", "unwrapped");

    // when, then
    assertThat(SCHEMA.validate(items)).isNotEmpty();
    assertThatThrownBy(() -> ContractTexts.parse(items))
        .hasMessageContaining("form")
        .hasMessageContaining("must be envelope or flattened, was unwrapped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "array<bigint>", "map<string,string>"})
  void saysWhyAKeyIsNone(String type) {
    // given
    ObjectNode items = ContractTexts.items();
    ContractTexts.column(items, 0).put("type", type);

    // when, then
    assertThatThrownBy(() -> ContractTexts.parse(items))
        .hasMessageContaining("which double, float, binary, arrays and maps do not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<int>|varchar(9)|is for strings alone",
        "decimal(18,2)|varchar(9)|is for strings alone",
        "decimal(18,4)|numeric(18,2)|is varchar(n)",
        "string|char(3)|is varchar(n)",
        "string|varchar(0)|is varchar(n)",
        "string|varchar(10485761)|is varchar(n) with n up to 10485760"
      })
  void takesNoWarehouseTypeThatDoesNotHoldTheColumn(String type, String warehouse, String why) {
    // given
    ObjectNode items = ContractTexts.items();
    ContractTexts.column(items, 1).put("type", type).put("warehouse", warehouse);

    // when, then
    assertThatThrownBy(() -> ContractTexts.parse(items))
        .hasMessageContaining("columns[1]")
        .hasMessageContaining("warehouse " + why);
  }

  static Stream<Arguments> brokenStructures() {
    return Stream.of(
        bad("no table", "table", items -> items.remove("table")),
        bad("no topic", "topic", items -> items.remove("topic")),
        bad("no mode", "mode", items -> items.remove("mode")),
        bad("no key", "key", items -> items.remove("key")),
        bad("no columns", "columns", items -> items.remove("columns")),
        bad("no description", "description", items -> items.remove("description")),
        bad("unknown field", "colour", items -> items.put("colour", "red")),
        bad("schema is no text", "$schema", items -> items.put("$schema", 1)),
        bad("table in capitals", "table", items -> items.put("table", "Items")),
        bad("table with underscore first", "table", items -> items.put("table", "_items")),
        bad("table is a number", "table", items -> items.put("table", 1)),
        bad("table too long", "table", items -> items.put("table", "a".repeat(64))),
        bad("topic with a slash", "topic", items -> items.put("topic", "b2b/items")),
        bad("topic is dots", "topic", items -> items.put("topic", "..")),
        bad("topic empty", "topic", items -> items.put("topic", "")),
        bad("unknown mode", "mode", items -> items.put("mode", "upsert")),
        bad("mode in capitals", "mode", items -> items.put("mode", "MERGE")),
        bad("key is text", "key", items -> items.put("key", "item_id")),
        bad("key empty", "key", items -> items.putArray("key")),
        bad("key of numbers", "key[0]", items -> items.putArray("key").add(1)),
        bad("key twice", "key", items -> items.putArray("key").add("item_id").add("item_id")),
        bad("no column", "columns", items -> items.putArray("columns")),
        bad("column is text", "columns[0]", items -> items.putArray("columns").add("item_id")),
        badColumn("column without name", "name", column -> column.remove("name")),
        badColumn("column without type", "type", column -> column.remove("type")),
        badColumn("unknown column field", "size", column -> column.put("size", 1)),
        badColumn("reserved name", "", column -> column.put("name", "_offset")),
        badColumn("name in capitals", "", column -> column.put("name", "Price")),
        badColumn("unknown type", "type", column -> column.put("type", "real")),
        badColumn("type in capitals", "type", column -> column.put("type", "BIGINT")),
        badColumn("decimal without digits", "type", column -> column.put("type", "decimal")),
        badColumn("decimal too wide", "type", column -> column.put("type", "decimal(39,2)")),
        badColumn("decimal of nothing", "type", column -> column.put("type", "decimal(0,0)")),
        badColumn("leading zeros", "type", column -> column.put("type", "decimal(018,2)")),
        badColumn("leading zero in scale", "type", column -> column.put("type", "decimal(18,02)")),
        badColumn("space in type", "type", column -> column.put("type", "decimal(18, 2)")),
        badColumn("negative scale", "type", column -> column.put("type", "decimal(18,-2)")),
        badColumn("array of arrays", "type", column -> column.put("type", "array<array<int>>")),
        badColumn("array of nothing", "type", column -> column.put("type", "array")),
        badColumn("map to numbers", "type", column -> column.put("type", "map<string,int>")),
        badColumn("nullable is text", "nullable", column -> column.put("nullable", "true")),
        badColumn("omittable is text", "omittable", column -> column.put("omittable", "yes")),
        badColumn("alias is text", "aliases", column -> column.put("aliases", "Price")),
        badColumn("alias is a number", "aliases[0]", column -> column.putArray("aliases").add(1)),
        badColumn("alias with a space", "", column -> column.putArray("aliases").add("a b")),
        badColumn("parsed is null", "parsed", column -> column.putNull("parsed")),
        badColumn("computed is text", "computed", column -> column.put("computed", "country")),
        badColumn("computed by nothing", "computed.by", column -> computed(column, null, "note")),
        badColumn(
            "computed by the unknown", "computed.by", column -> computed(column, "x", "note")),
        badColumn(
            "computed from nothing", "computed.from", column -> computed(column, "device", null)),
        badColumn("stored is a number", "stored", column -> column.put("stored", 1)),
        badColumn("references is null", "references", column -> column.putNull("references")),
        badColumn("warehouse is code", "", column -> column.put("warehouse", "int); drop")),
        badColumn("warehouse is empty", "", column -> column.put("warehouse", "")),
        badColumn("description is null", "description", column -> column.putNull("description")),
        bad("parse is null", "parse", items -> items.putNull("parse")),
        bad(
            "parse without format",
            "parse.format",
            items -> items.putObject("parse").put("column", "note")),
        bad(
            "unknown format",
            "parse.format",
            items -> items.putObject("parse").put("column", "note").put("format", "csv")),
        bad("drift is text", "drift", items -> items.put("drift", "hold")),
        bad("drift of no kind", "drift.moved", items -> drift(items, "moved", "hold")),
        bad("no policy", "drift.added", items -> drift(items, "added", "ignore")),
        bad("renamed by itself", "drift", items -> drift(items, "renamed", "evolve")),
        bad("another type by itself", "drift", items -> drift(items, "type", "evolve")),
        bad("another key by itself", "drift", items -> drift(items, "key", "evolve")),
        bad("feeds is null", "feeds", items -> items.putNull("feeds")),
        badFeed("feed without columns", "feeds[0].columns", "{\"from\":\"offers\"}"),
        badFeed("feed without from", "feeds[0].from", "{\"columns\":{\"item_id\":\"x\"}}"),
        badFeed("unknown feed field", "feeds[0].where", "{\"where\":1}"),
        badFeed("when is a list", "feeds[0].when", "{\"from\":\"o\",\"when\":[],\"columns\":{}}"),
        badFeed(
            "condition is a boolean",
            "feeds[0].when.a",
            "{\"from\":\"o\",\"when\":{\"a\":true},\"columns\":{}}"),
        badFeed(
            "unknown condition",
            "feeds[0].when.a",
            "{\"from\":\"o\",\"when\":{\"a\":\"yes\"},\"columns\":{}}"),
        badFeed(
            "value is a number", "feeds[0].columns.a", "{\"from\":\"o\",\"columns\":{\"a\":1}}"));
  }

  @ParameterizedTest
  @MethodSource("brokenStructures")
  void fileAndSchemaRefuseTheSame(Consumer<ObjectNode> mistake, String field) {
    // given
    ObjectNode items = ContractTexts.items();
    mistake.accept(items);

    // when, then
    assertThat(SCHEMA.validate(items)).as("JSON Schema").isNotEmpty();
    assertThatThrownBy(() -> ContractTexts.parse(items))
        .isInstanceOfSatisfying(
            ContractException.class, refused -> assertThat(refused.field()).isEqualTo(field));
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        bad("key names no column", "key.id", items -> items.putArray("key").add("id")),
        bad(
            "key is nullable",
            "key.item_id",
            items -> ContractTexts.column(items, 0).put("nullable", true)),
        badKey("double"),
        badKey("float"),
        badKey("binary"),
        bad(
            "key is not stored",
            "key.item_id",
            items -> ContractTexts.column(items, 0).put("stored", false)),
        bad(
            "omittable and required",
            "columns[1]",
            items -> ContractTexts.column(items, 1).put("nullable", false).put("omittable", true)),
        bad(
            "alias of two columns",
            "columns.price.aliases",
            items -> {
              ContractTexts.column(items, 0).putArray("aliases").add("Price");
              ContractTexts.column(items, 1).putArray("aliases").add("Price");
            }),
        bad(
            "alias is itself",
            "columns[1]",
            items ->
                ContractTexts.column(items, 1)
                    .putArray("aliases")
                    .add(ContractTexts.column(items, 1).get("name").textValue())),
        bad(
            "column twice",
            "columns.item_id",
            items -> ContractTexts.column(items, 1).put("name", "item_id")),
        bad("the change log's folder", "table", items -> items.put("table", "changes")),
        bad(
            "scale above precision",
            "columns[1].type",
            items -> ContractTexts.column(items, 1).put("type", "decimal(2,3)")),
        bad(
            "parse without parsed columns",
            "parse",
            items -> items.putObject("parse").put("column", "note").put("format", "combined_log")),
        bad(
            "parsed columns without parse",
            "parse",
            items -> ContractTexts.column(items, 3).put("parsed", true)),
        bad("feeds of an append table", "feeds", items -> withFeed(items).put("mode", "append")),
        bad("feeds of a feed", "feeds", items -> withFeed(items).put("mode", "feed")));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void refusesContradictions(Consumer<ObjectNode> mistake, String field) {
    // given
    ObjectNode items = ContractTexts.items();
    mistake.accept(items);

    // when, then
    assertThatThrownBy(() -> ContractTexts.parse(items))
        .isInstanceOfSatisfying(
            ContractException.class, refused -> assertThat(refused.field()).isEqualTo(field));
  }

  static Stream<Arguments> parseContradictions() {
    return Stream.of(
        bad("parse names no column", "parse.column", logs -> parseOf(logs, "text")),
        bad("parse of a key of another type", "parse.column", logs -> parseOf(logs, "line_number")),
        bad("parse of a parsed column", "parse.column", logs -> parseOf(logs, "path")),
        bad(
            "parse of a nullable column",
            "parse.column",
            logs -> ContractTexts.column(logs, 2).put("nullable", true)),
        bad(
            "no such field in a line",
            "columns.client_ip_v6",
            logs -> ContractTexts.column(logs, 3).put("name", "client_ip_v6")),
        bad(
            "another type than the line's",
            "columns.client_ip.type",
            logs -> ContractTexts.column(logs, 3).put("type", "bigint").remove("warehouse")),
        bad(
            "bytes do not fit an int",
            "columns.bytes.type",
            logs -> ContractTexts.column(logs, 9).put("type", "int")),
        bad(
            "computed and required",
            "columns.country.nullable",
            logs -> ContractTexts.column(logs, COUNTRY).remove("nullable")),
        bad(
            "computed of another type",
            "columns.country.type",
            logs -> ContractTexts.column(logs, COUNTRY).put("type", "int").remove("warehouse")),
        bad(
            "computed from no column",
            "columns.country.computed.from",
            logs -> computed(ContractTexts.column(logs, COUNTRY), "country", "ip")),
        bad(
            "computed from a number",
            "columns.country.computed.from",
            logs -> computed(ContractTexts.column(logs, COUNTRY), "country", "bytes")),
        bad(
            "computed from a computed one",
            "columns.country.computed.from",
            logs -> computed(ContractTexts.column(logs, COUNTRY), "country", "device")),
        bad(
            "key is parsed",
            "key.path",
            logs -> {
              ContractTexts.column(logs, 7).remove("nullable");
              ContractTexts.array(logs, "key").add("path");
            }));
  }

  @ParameterizedTest
  @MethodSource("parseContradictions")
  void refusesContradictionsOfParsedLines(Consumer<ObjectNode> mistake, String field) {
    // given
    ObjectNode weblogs = ContractTexts.shipped(ContractTexts.SHIPPED.resolve("weblogs.json"));
    mistake.accept(weblogs);

    // when, then
    assertThatThrownBy(() -> ContractTexts.parse(weblogs))
        .isInstanceOfSatisfying(
            ContractException.class, refused -> assertThat(refused.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "[]", "{", "{} {}", "{} x", "{\"table\":1,\"table\":2}"})
  void refusesWhatIsNotOneObject(String content) {
    // when, then
    assertThatThrownBy(() -> ContractTexts.parse(content)).isInstanceOf(ContractException.class);
  }

  @Test
  void fingerprintStandsForTheContent() {
    // given
    String one =
        "{\"table\":\"t\",\"topic\":\"t\",\"mode\":\"merge\",\"key\":[\"a\"],"
            + "\"columns\":[{\"name\":\"a\",\"type\":\"int\"}],\"description\":\"\"}";
    String reordered =
        "{ \"description\":\"\", \"columns\":[ {\"type\":\"int\",\n\"name\":\"a\"} ],"
            + "\"key\":[\"a\"],\"mode\":\"merge\",\"topic\":\"t\",\"table\":\"t\"}";
    String changed = one.replace("\"int\"", "\"bigint\"");

    // when
    String fingerprint = ContractTexts.parse(one).fingerprint();

    // then
    assertThat(fingerprint).matches("[0-9a-f]{16}");
    assertThat(ContractTexts.parse(reordered).fingerprint()).isEqualTo(fingerprint);
    assertThat(ContractTexts.parse(changed).fingerprint()).isNotEqualTo(fingerprint);
  }

  private static Arguments bad(String name, String field, Consumer<ObjectNode> mistake) {
    return Arguments.of(Named.of(name, mistake), field);
  }

  private static Arguments badKey(String type) {
    return bad(
        "key is a " + type,
        "key.item_id",
        items -> ContractTexts.column(items, 0).put("type", type));
  }

  private static Arguments badColumn(String name, String field, Consumer<ObjectNode> mistake) {
    return bad(
        name,
        field.isEmpty() ? "columns[1]" : "columns[1]." + field,
        items -> mistake.accept(ContractTexts.column(items, 1)));
  }

  private static void drift(ObjectNode items, String kind, String policy) {
    items.putObject("drift").put(kind, policy);
  }

  private static void computed(ObjectNode column, String by, String from) {
    ObjectNode computed = column.putObject("computed");
    if (by != null) {
      computed.put("by", by);
    }
    if (from != null) {
      computed.put("from", from);
    }
  }

  private static Arguments badFeed(String name, String field, String feed) {
    return bad(name, field, items -> items.putArray("feeds").add(ContractTexts.object(feed)));
  }

  private static ObjectNode withFeed(ObjectNode items) {
    items.putArray("feeds").add(ContractTexts.object("{\"from\":\"offers\",\"columns\":{}}"));
    return items;
  }

  private static void parseOf(ObjectNode weblogs, String column) {
    ((ObjectNode) weblogs.get("parse")).put("column", column);
  }
}
