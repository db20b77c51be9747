package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.ItemsTopic.clean;
import static dev.changelake.compact.doctor.ItemsTopic.key;
import static dev.changelake.compact.doctor.ItemsTopic.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hazard is found where it is, with what was seen; and none where nothing is wrong. */
class ChecksTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ID = "{\"field\":\"item_id\",\"type\":\"int64\",\"optional\":false},";

  @Test
  void nothingIsFoundOfACleanTopic() {
    assertThat(look(clean().sample())).isEmpty();
    assertThat(look(clean().landed(HOUR, 2, 1).sample())).isEmpty();
  }

  @Test
  void nothingIsFoundOfACleanTopicWithSchemas() {
    // given
    EnvelopeEncoder encoder = new EnvelopeEncoder(ItemsTopic.ITEMS, true);
    Map<String, Object> row =
        Map.of(
            "item_id",
            1L,
            "amount",
            4711,
            "price",
            new BigDecimal("10.20"),
            "opens",
            "04:05:11.789000",
            "sold_at",
            LocalDateTime.parse("2019-07-09T02:28:57.123456"),
            "note",
            "a secret",
            "picture",
            new byte[] {1, 2});
    SourceBlock source = new SourceBlock("b2b", "shop", "public", "items", "false", 0, 7, 1_000);
    // when
    TopicSample sample =
        new ItemsTopic(1)
            .raw(
                0, text(encoder.key(row)), text(encoder.value(Operation.CREATE, null, row, source)))
            .sample();
    // then
    assertThat(sample.records().get(0).columnSchemas()).hasSize(7);
    assertThat(look(sample)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hazards")
  void itIsFoundWhereItIs(String code, String seen, TopicSample sample) {
    // when
    List<Hazard> found = look(sample);
    // then
    assertThat(found)
        .filteredOn(hazard -> hazard.kind().code().equals(code))
        .extracting(hazard -> hazard.seen() + hazard.example().map(" (%s)"::formatted).orElse(""))
        .containsExactly(seen);
    assertThat(found.toString()).doesNotContain("4711", "secret");
  }

  @Test
  void eachKindHasItsCase() {
    assertThat(hazards().map(found -> (String) found.get()[0]))
        .containsExactlyInAnyOrderElementsOf(kinds().map(HazardKind::code).toList());
  }

  @Test
  void eachKindStandsInTheDocumentation() throws IOException {
    // when
    String page = Files.readString(Path.of("../docs/doctor.md"));
    // then
    assertThat(page.lines().filter(line -> line.startsWith("| `")))
        .extracting(line -> line.split("\\|")[1].strip() + line.split("\\|")[2].strip())
        .containsExactlyInAnyOrderElementsOf(
            kinds().map(kind -> "`%s`%s".formatted(kind.code(), kind.severity().code())).toList());
  }

  static Stream<Arguments> hazards() {
    return Stream.of(
            topics(), quarantined(), dialects(), columns(), forms(), operationsAndPositions())
        .flatMap(found -> found);
  }

  private static Stream<Arguments> topics() {
    return Stream.of(
        found("topic_missing", "there is no such topic", new ItemsTopic(0).missing()),
        found(
            "topic_gone",
            "there is no such topic any more",
            new ItemsTopic(0).landed(HOUR, 5).missing()),
        found(
            "topic_recreated",
            "its id was another and is id of the topic now",
            clean().landed("another", HOUR, 2, 1).sample()),
        found("topic_empty", "it holds no record", new ItemsTopic(2).sample()),
        found(
            "partitions_added", "it had 1 partitions and has 2", clean().landed(HOUR, 2).sample()),
        found(
            "moved_keys",
            "1 of 6 records have a key that another partition has too (1:1)",
            clean().change(1, 1, "c", null, row(1)).sample()),
        found(
            "keyless_in_partitions",
            "1 of 6 records have no key, and there are 2 partitions (1:1)",
            with(clean(), 1, null, "c", row(3)).sample()),
        found(
            "truncates_in_partitions",
            "1 of 6 records are truncates, and there are 2 partitions (1:1)",
            with(clean(), 1, null, "t", null).sample()),
        found(
            "records_expired",
            "the offsets 0:1-3 are gone",
            clean().landed(HOUR, 1, 1).startsAt(3).sample()),
        found(
            "unlanded_expired",
            "the oldest record that no batch has (0:2) is older than retention.ms by 0 h 15 min",
            clean().landed(HOUR, 2, 1).retention(Duration.ofMinutes(45)).sample()),
        found(
            "unlanded_expires_soon",
            "the oldest record that no batch has (0:0) expires in 11 h 0 min",
            new ItemsTopic(1)
                .writtenAgo(Duration.ofHours(37))
                .change(0, 3, "c", null, row(3))
                .retention(Duration.ofHours(48))
                .sample()),
        found(
            "unlanded_expires",
            "the oldest record that no batch has (0:0) expires in 6 days 23 h",
            clean().retention(Duration.ofDays(7)).sample()),
        found(
            "retention_short",
            "records are kept for 1 h 0 min, and should be for 24 h 0 min",
            clean().retention(Duration.ofHours(1)).sample()),
        found(
            "retention_by_size",
            "the oldest record is 1 h 0 min old, and should be kept for 3 days 0 h",
            clean().retentionBytes(1_000).landed(Duration.ofDays(3), 1, 1).startsAt(1).sample()),
        found("compacted_topic", "it is compacted", clean().cleanup("compact").sample()),
        found(
            "offset_holes",
            "3 offsets that no batch has hold no record: 0:4-7",
            clean().landed(HOUR, 3, 1).hole(3).change(0, 3, "c", null, row(3)).sample()),
        found(
            "single_copy",
            "replication factor 1, min.insync.replicas 1",
            clean().replicas(1).sample()),
        found(
            "producer_time",
            "message.timestamp.type is CreateTime",
            clean().producerTime().retention(Duration.ofDays(7)).sample()),
        found(
            "transaction_topic",
            "there is b2b.transaction",
            clean().neighbours("b2b.transaction", "b.transaction").sample()),
        found(
            "heartbeat_topic",
            "there is __debezium-heartbeat.b2b",
            clean().neighbours("__debezium-heartbeat.b2b").sample()));
  }

  private static Stream<Arguments> quarantined() {
    String wouldBe = "1 of 6 records would be quarantined: ";
    return Stream.of(
        found(
            "missing_key",
            wouldBe + "missing_key (1, 0:4) (0:4)",
            with(clean(), 0, null, "c", row(3)).sample()),
        found(
            "undecodable_key",
            wouldBe + "undecodable_key: not one JSON value: it breaks JSON's syntax (1, 0:4) (0:4)",
            with(clean(), 0, "secret", "c", row(3)).sample()),
        found(
            "undecodable_value",
            wouldBe
                + "undecodable_value: not one JSON value: it breaks JSON's syntax (1, 0:4) (0:4)",
            clean().raw(0, key(3), "secret").sample()),
        found(
            "wrong_form",
            wouldBe
                + "wrong_form: a row alone in a topic whose contract has the form envelope (1, 0:4)"
                + " (0:4)",
            clean().raw(0, key(3), row(3)).sample()),
        found(
            "unknown_operation",
            wouldBe + "unknown_operation (1, 0:4) (0:4)",
            clean().change(0, 3, "x", null, row(3)).sample()),
        found(
            "operation_not_allowed",
            "1 of 1 records would be quarantined: operation_not_allowed: the table takes inserts alone"
                + " (1, 0:0) (0:0)",
            weblog(Operation.UPDATE, "a secret")),
        found(
            "foreign_table",
            wouldBe + "foreign_table: source.table is another table (1, 0:4) (0:4)",
            source("\"table\":\"other\",")),
        found(
            "wrong_image",
            wouldBe + "wrong_image: no after (1, 0:4) (0:4)",
            clean().change(0, 3, "u", null, null).sample()),
        found(
            "key_mismatch",
            wouldBe + "key_mismatch: item_id (1, 0:4) (0:4)",
            clean().change(0, 3, "c", null, row(4711)).sample()),
        found(
            "unknown_column",
            wouldBe + "unknown_column: weight (1, 0:4) (0:4)",
            clean().change(0, 3, "c", null, row(3).replace("}", ",\"weight\":4711}")).sample()),
        found(
            "missing_column",
            wouldBe + "missing_column: note (1, 0:4) (0:4)",
            clean()
                .change(0, 3, "c", null, row(3).replaceFirst(",\"note\":(null|\"[^\"]*\")", ""))
                .sample()),
        found(
            "null_in_required_column",
            wouldBe + "null_in_required_column: item_id (1, 0:4) (0:4)",
            clean().change(0, 3, "c", null, row(3, "item_id", "null")).sample()),
        found(
            "decimal_overflow",
            wouldBe + "decimal_overflow: price does not fit decimal(10,2) (1, 0:4) (0:4)",
            clean().change(0, 3, "c", null, row(3, "price", "471100000000")).sample()),
        found(
            "type_mismatch",
            "3 of 8 records would be quarantined: type_mismatch: amount is not exactly a int"
                + " (sent as string) (2, 0:4); type_mismatch: note is not exactly a string (sent as"
                + " number) (1, 0:5) (0:4)",
            clean()
                .change(0, 3, "c", null, row(3, "amount", "\"4711\""))
                .change(0, 4, "c", null, row(4, "note", "4711"))
                .change(0, 5, "c", null, row(5, "amount", "\"4711\""))
                .sample()),
        found(
            "special_value",
            wouldBe
                + "special_value: price is infinity or NaN, which no decimal(10,2) is (sent as"
                + " double) (1, 0:4) (0:4)",
            clean()
                .typed(ID + "{\"field\":\"price\",\"type\":\"double\"}", row(1, "price", "\"NaN\""))
                .sample()),
        found(
            "unavailable_value",
            "1 of 1 records would be quarantined: unavailable_value: line (1, 0:0) (0:0)",
            weblog(Operation.CREATE, "__debezium_unavailable_value")),
        found(
            "broken_line",
            "1 of 1 records would be quarantined: broken_line: not in Combined Log Format (1, 0:0) (0:0)",
            weblog(Operation.CREATE, "a secret")));
  }

  private static Stream<Arguments> dialects() {
    return Stream.of(
        found(
            "key_columns",
            "1 of 6 records have a key of other columns than [item_id]; differing: item_id, shop"
                + " (0:4)",
            with(clean(), 0, "{\"shop\":4711}", "c", row(3)).sample()),
        found(
            "flattened_records",
            "1 of 1 records are rows without an envelope; added are __deleted, __op (0:0)",
            new ItemsTopic(1)
                .raw(0, key(3), row(3).replace("}", ",\"__op\":\"c\",\"__deleted\":\"false\"}"))
                .sample()),
        found(
            "mixed_forms",
            "1 of 6 records are rows without an envelope, and others have one (0:4)",
            clean().raw(0, key(3), row(3)).sample()),
        found(
            "flattened_form",
            "1 of 1 records are rows alone, as the contract says; added are __op (0:0)",
            ItemsTopic.flattened()
                .raw(0, key(3), row(3).replace("}", ",\"__op\":\"c\"}"))
                .sample()),
        found(
            "flattened_fields",
            "1 of 2 records lack __lsn, __table (0:1)",
            ItemsTopic.flattened()
                .raw(
                    0,
                    key(3),
                    row(3)
                        .replace(
                            "}",
                            ",\"__op\":\"c\",\"__source_lsn\":1,\"__source_ts_ms\":1,"
                                + "\"__table\":\"items\"}"))
                .raw(0, key(3), row(3).replace("}", ",\"__op\":\"u\",\"__source_ts_ms\":1}"))
                .sample()),
        found(
            "mixed_schemas",
            "5 of 6 records have a key or a value without a schema, and 1 one with it (0:0)",
            clean().typed(ID, row(1)).sample()),
        found(
            "several_sources",
            "1 of 6 records come from elsewhere than the first; there are b2b.shop, b2b.test (0:4)",
            source("\"db\":\"test\",")),
        found(
            "several_tables",
            "1 of 6 records come from elsewhere than the first; there are old.items, public.items"
                + " (0:4)",
            source("\"schema\":\"old\",")),
        found(
            "several_versions",
            "1 of 6 records come from elsewhere than the first; there are 2.7.0.Final, 3.6.1.Final"
                + " (0:4)",
            source("\"version\":\"2.7.0.Final\",")));
  }

  private static Stream<Arguments> columns() {
    return Stream.of(
        found(
            "absent_columns",
            "none of 1 rows has opens, picture",
            new ItemsTopic(1)
                .change(
                    0,
                    1,
                    "c",
                    null,
                    "{\"item_id\":1,\"amount\":null,\"price\":null,\"sold_at\":null,\"note\":null}")
                .sample()),
        found(
            "null_defaults",
            "1 of 1 records have a schema with a default of amount (0:0)",
            typed("amount", "\"type\":\"int32\",\"optional\":true,\"default\":4711")),
        found(
            "wider_columns",
            "1 of 1 records have such a schema: amount (int64) (0:0)",
            typed("amount", "\"type\":\"int64\",\"optional\":true")),
        found(
            "nullable_at_source",
            "1 of 1 records have such a schema: item_id (int64) (0:0)",
            typed("item_id", "\"type\":\"int64\",\"optional\":true")));
  }

  private static Stream<Arguments> forms() {
    return Stream.of(
        found(
            "milliseconds_only",
            "1 of 1 records have such a schema: sold_at (org.apache.kafka.connect.data.Timestamp)"
                + " (0:0)",
            named("sold_at", "int64", "org.apache.kafka.connect.data.Timestamp")),
        found(
            "decimals_as_double",
            "1 of 1 records have such a schema: price (double) (0:0)",
            typed("price", "\"type\":\"double\"")),
        found(
            "intervals_as_number",
            "1 of 1 records have such a schema: note (io.debezium.time.MicroDuration) (0:0)",
            named("note", "int64", "io.debezium.time.MicroDuration")),
        found(
            "midnight_as_text",
            "1 of 1 records have such a schema: opens (io.debezium.time.IsoTime) (0:0)",
            named("opens", "string", "io.debezium.time.IsoTime")),
        found(
            "nanoseconds_only",
            "1 of 1 records have such a schema: sold_at (io.debezium.time.NanoTimestamp) (0:0)",
            named("sold_at", "int64", "io.debezium.time.NanoTimestamp")),
        found(
            "binary_as_text",
            "1 of 1 records have such a schema: picture (string) (0:0)",
            typed("picture", "\"type\":\"string\"")),
        found(
            "untold_numbers",
            "1 of 6 records have them: opens (0:4)",
            clean().change(0, 3, "c", null, row(3, "opens", "47110000")).sample()),
        found(
            "untold_decimals",
            "1 of 6 records have them: price (0:4)",
            clean().change(0, 3, "c", null, row(3, "price", "\"4711.20\"")).sample()));
  }

  private static Stream<Arguments> operationsAndPositions() {
    return Stream.of(
        found(
            "messages",
            "1 of 6 records are messages (0:4)",
            with(clean(), 0, "{\"prefix\":\"secret\"}", "m", null).sample()),
        found(
            "no_tombstones",
            "1 of 3 records are deletes that no tombstone follows (0:1)",
            new ItemsTopic(1)
                .change(0, 1, "c", null, row(1))
                .change(0, 1, "d", key(1), null)
                .change(0, 2, "c", null, row(2))
                .sample()),
        found(
            "left_out_values",
            "1 of 7 records leave out note (0:5)",
            clean()
                .change(0, 3, "c", null, row(3))
                .change(0, 3, "u", null, withoutNote(3))
                .sample()),
        found(
            "unknown_values",
            "2 of 7 records leave out note (0:4)",
            clean()
                .change(0, 3, "u", null, withoutNote(3))
                .change(0, 4, "c", null, withoutNote(4))
                .sample()),
        found(
            "lsn_falls_back",
            "1 of 6 records stand lower in the log than one before them (0:4)",
            source("\"lsn\":900,")),
        found("missing_lsn", "1 of 6 records have no lsn (0:4)", source("\"lsn\":null,")),
        found(
            "incremental_snapshot",
            "1 of 6 records are rows of an incremental snapshot (0:4)",
            source("\"lsn\":null,\"snapshot\":\"incremental\",")),
        found(
            "future_commits",
            "1 of 6 records were committed later than they came (0:4)",
            source(
                "\"ts_ms\":%d,".formatted(ItemsTopic.NOW.plus(Duration.ofDays(1)).toEpochMilli()))),
        found(
            "snapshot_open",
            "1 of 1 records are a snapshot's, come last, and its end is not among them (0:0)",
            withSource(new ItemsTopic(1), "\"snapshot\":\"first\",")),
        found(
            "open_transaction",
            "3 offsets stand behind an open transaction, from 0:1 on",
            new ItemsTopic(1).change(0, 1, "c", null, row(1)).openTransaction(3).sample()));
  }

  private static TopicSample weblog(Operation operation, String line) {
    TableContract weblogs = TableContracts.load(Optional.empty()).get("weblogs");
    Map<String, Object> row =
        Map.of("log_date", LocalDate.parse("2026-03-01"), "line_number", 1L, "line", line);
    EnvelopeEncoder encoder = new EnvelopeEncoder(weblogs, false);
    SourceBlock source = new SourceBlock("b2b", "b2b", "public", "weblogs", "false", 0, 7, 1_000);
    SampledRecord record =
        new RecordReader(weblogs)
            .read(
                0,
                0,
                ItemsTopic.NOW,
                encoder.key(row),
                encoder.value(operation, null, row, source));
    TopicSample topic = clean().sample();
    return new TopicSample(
        weblogs, topic.topic(), List.of(), List.of(record), Optional.empty(), ItemsTopic.NOW);
  }

  @Test
  void transactionsSideBySideAreNoFallBack() {
    // given: the lsn falls back, and the commit before each, which the sequence tells, does not
    ItemsTopic topic = new ItemsTopic(1);
    for (String position :
        List.of(
            "\"lsn\":900,\"sequence\":\"[\\\"700\\\",\\\"900\\\"]\",",
            "\"lsn\":800,\"sequence\":\"[\\\"950\\\",\\\"800\\\"]\",")) {
      topic.raw(0, key(3), topic.envelope("c", null, row(3), position));
    }
    // when, then
    assertThat(look(topic.sample())).isEmpty();
    assertThat(
            look(
                topic
                    .raw(
                        0,
                        key(3),
                        topic.envelope(
                            "c", null, row(3), "\"lsn\":990,\"sequence\":\"[\\\"940\\\",null]\","))
                    .sample()))
        .extracting(hazard -> hazard.kind().code())
        .containsExactly("lsn_falls_back");
  }

  @Test
  void aValueThatMayBeKnownIsNotCalledUnknown() {
    Stream.of(
            clean().change(0, 3, "u", null, row(3)).change(0, 3, "u", null, withoutNote(3)),
            clean().change(0, 3, "u", null, withoutNote(3)).change(1, 3, "u", null, row(3)),
            clean().landed(HOUR, 4, 1).change(0, 3, "u", null, withoutNote(3)),
            clean().startsAt(3).change(0, 3, "u", null, withoutNote(3)))
        .forEach(
            topic ->
                assertThat(look(topic.sample()))
                    .extracting(hazard -> hazard.kind().code())
                    .contains("left_out_values")
                    .doesNotContain("unknown_values"));
  }

  private static String withoutNote(long id) {
    return row(id, "note", "\"__debezium_unavailable_value\"");
  }

  private static Arguments found(String code, String seen, TopicSample sample) {
    return Arguments.of(code, seen, sample);
  }

  private static ItemsTopic with(
      ItemsTopic topic, int partition, String key, String op, String after) {
    return topic.raw(partition, key, topic.envelope(op, null, after));
  }

  private static TopicSample source(String fields) {
    return withSource(clean(), fields);
  }

  private static TopicSample withSource(ItemsTopic topic, String fields) {
    return topic.raw(0, key(3), topic.envelope("c", null, row(3), fields)).sample();
  }

  /** A record whose column has that schema. */
  private static TopicSample typed(String column, String schema) {
    return new ItemsTopic(1)
        .typed("{\"field\":\"%s\",%s}".formatted(column, schema), row(1))
        .sample();
  }

  private static TopicSample named(String column, String type, String name) {
    return typed(column, "\"type\":\"%s\",\"name\":\"%s\"".formatted(type, name));
  }

  private static Stream<HazardKind> kinds() {
    return Checks.ALL.stream().flatMap(check -> check.kinds().stream());
  }

  private static List<Hazard> look(TopicSample sample) {
    return Checks.ALL.stream().flatMap(check -> check.look(sample).stream()).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
