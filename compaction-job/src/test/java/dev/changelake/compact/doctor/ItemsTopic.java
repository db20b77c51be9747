package dev.changelake.compact.doctor;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.PartitionPlan;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.plan.TopicState;
import dev.changelake.compact.plan.TopicState.PartitionState;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** A topic of items, written by hand; nothing is wrong with it but what a test does. */
final class ItemsTopic {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final TableContract ITEMS = items(RecordForm.ENVELOPE);
  private static final String ID = "id of the topic";

  private final TableContract contract;
  private final RecordReader reader;
  private final List<SampledRecord> records = new ArrayList<>();
  private final long[] ends;
  private final long[] starts;
  private Set<String> cleanup = Set.of("delete");
  private Optional<Duration> retention = Optional.empty();
  private OptionalLong retentionBytes = OptionalLong.empty();
  private boolean brokerTime = true;
  private int replicas = 3;
  private Set<String> neighbours = Set.of();
  private Optional<LastBatch> last = Optional.empty();
  private Duration age = Duration.ofHours(1);
  private long open;
  private long lsn = 1_000;

  ItemsTopic(int partitions) {
    this(partitions, ITEMS);
  }

  private ItemsTopic(int partitions, TableContract contract) {
    this.contract = contract;
    this.reader = new RecordReader(contract);
    this.ends = new long[partitions];
    this.starts = new long[partitions];
  }

  /** A topic whose contract says that it has rows alone. */
  static ItemsTopic flattened() {
    return new ItemsTopic(1, items(RecordForm.FLATTENED));
  }

  /** Some changes of every sort, as Debezium sends them by default. */
  static ItemsTopic clean() {
    return new ItemsTopic(2)
        .change(0, 1, "c", null, row(1))
        .change(1, 2, "c", null, row(2))
        .change(0, 1, "u", null, row(1))
        .change(0, 1, "d", "{\"item_id\":1}", null)
        .raw(0, key(1), null);
  }

  static String key(long id) {
    return "{\"item_id\":%d}".formatted(id);
  }

  static String row(long id) {
    return """
        {"item_id":%d,"amount":4711,"price":"BAg=","opens":"04:05:11.789Z",\
        "sold_at":"2019-07-09T02:28:57.123456Z","note":"a secret","picture":"AP8="}"""
        .formatted(id);
  }

  /** A row with one column of another value. */
  static String row(long id, String column, String value) {
    return row(id)
        .replaceAll("\"%s\":[^,}]+".formatted(column), "\"%s\":%s".formatted(column, value));
  }

  ItemsTopic change(int partition, long id, String op, String before, String after) {
    return raw(partition, key(id), envelope(op, before, after));
  }

  /** A record as it is; either part may be null. */
  ItemsTopic raw(int partition, String key, String value) {
    records.add(
        reader.read(partition, ends[partition]++, NOW.minus(age), bytes(key), bytes(value)));
    return this;
  }

  /** A change whose columns have these schemas. */
  ItemsTopic typed(String columnSchemas, String after) {
    return raw(
        0,
        "{\"schema\":{\"type\":\"struct\"},\"payload\":%s}".formatted(key(1)),
        """
        {"schema":{"type":"struct","fields":[{"field":"before","type":"struct"},
        {"field":"after","type":"struct","fields":[%s]}]},"payload":%s}"""
            .formatted(columnSchemas, envelope("c", null, after)));
  }

  String envelope(String op, String before, String after) {
    return envelope(op, before, after, "");
  }

  /**
   * An envelope.
   *
   * @param source fields of the source block that are to be others, each with a comma behind it
   */
  String envelope(String op, String before, String after, String source) {
    String block = source;
    lsn += 8;
    for (String field :
        List.of(
            "\"version\":\"3.6.1.Final\",",
            "\"connector\":\"postgresql\",",
            "\"name\":\"b2b\",",
            "\"db\":\"shop\",",
            "\"schema\":\"public\",",
            "\"table\":\"items\",",
            "\"snapshot\":\"false\",",
            "\"lsn\":%d,".formatted(lsn),
            "\"ts_ms\":%d,".formatted(NOW.minus(age).toEpochMilli()))) {
      String name = field.substring(0, field.indexOf(':'));
      block += source.contains(name) ? "" : field;
    }
    return "{\"before\":%s,\"after\":%s,\"source\":{%s\"txId\":7},\"op\":\"%s\"}"
        .formatted(before, after, block, op);
  }

  /** Offsets of partition 0 that hold no record come next. */
  ItemsTopic hole(int offsets) {
    ends[0] += offsets;
    return this;
  }

  /** What comes before is gone. */
  ItemsTopic startsAt(long offset) {
    starts[0] = offset;
    ends[0] = Math.max(ends[0], offset);
    records.removeIf(record -> record.partition() == 0 && record.offset() < offset);
    return this;
  }

  /** What comes next was written, and committed, so long ago. */
  ItemsTopic writtenAgo(Duration ago) {
    age = ago;
    return this;
  }

  ItemsTopic cleanup(String... policies) {
    cleanup = Set.of(policies);
    return this;
  }

  ItemsTopic retention(Duration duration) {
    retention = Optional.of(duration);
    return this;
  }

  ItemsTopic retentionBytes(long bytes) {
    retentionBytes = OptionalLong.of(bytes);
    return this;
  }

  ItemsTopic producerTime() {
    brokerTime = false;
    return this;
  }

  ItemsTopic replicas(int number) {
    replicas = number;
    return this;
  }

  ItemsTopic neighbours(String... topics) {
    neighbours = Set.of(topics);
    return this;
  }

  ItemsTopic openTransaction(long offsets) {
    open = offsets;
    return this;
  }

  /** A batch that was finished so long ago and took the partitions to these ends. */
  ItemsTopic landed(Duration ago, long... offsets) {
    return landed(ID, ago, offsets);
  }

  ItemsTopic landed(String topicId, Duration ago, long... offsets) {
    TopicPlan plan =
        new TopicPlan(
            ITEMS.table(),
            ITEMS.topic(),
            topicId,
            IntStream.range(0, offsets.length)
                .mapToObj(
                    i ->
                        new PartitionPlan(
                            new OffsetRange(i, 0, offsets[i]), offsets[i], offsets[i]))
                .toList(),
            List.of(),
            List.of(),
            List.of(),
            1,
            List.of());
    last =
        Optional.of(
            new LastBatch(
                new BatchId("2026-02-28"),
                NOW.minus(ago),
                new Plan(
                    Plan.SCHEMA_VERSION,
                    PlanKind.KAFKA,
                    new PlanName(1, 0),
                    new BatchId("2026-02-28"),
                    LocalDate.parse("2026-02-28"),
                    List.of(plan),
                    Optional.empty(),
                    NOW.minus(ago),
                    "a test")));
    return this;
  }

  /** The topic's sample: all of its records. */
  TopicSample sample() {
    List<PartitionState> states = new ArrayList<>();
    List<OffsetRange> read = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      states.add(new PartitionState(starts[i], ends[i], ends[i] + open));
      read.add(new OffsetRange(i, starts[i], ends[i]));
    }
    TopicSettings settings =
        new TopicSettings(
            cleanup, retention, retentionBytes, brokerTime, replicas, replicas > 1 ? 2 : 1);
    return new TopicSample(
        contract,
        Optional.of(
            new TopicSample.Topic(new TopicState(ITEMS.topic(), ID, states), settings, neighbours)),
        read,
        records,
        last,
        NOW);
  }

  /** No topic of that name. */
  TopicSample missing() {
    return new TopicSample(ITEMS, Optional.empty(), List.of(), List.of(), last, NOW);
  }

  private static TableContract items(RecordForm form) {
    return new TableContract(
        "items",
        "b2b.public.items",
        TableMode.MERGE,
        List.of("item_id"),
        List.of(
            column("item_id", "bigint", false),
            column("amount", "int", true),
            column("price", "decimal(10,2)", true),
            omittable("opens", "time"),
            column("sold_at", "timestamp_ntz", true),
            column("note", "string", true),
            omittable("picture", "binary")),
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        form,
        "Items.",
        "0");
  }

  private static Column omittable(String name, String type) {
    return new Column(
        name,
        ColumnType.parse(type),
        true,
        true,
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private static Column column(String name, String type, boolean nullable) {
    return new Column(
        name,
        ColumnType.parse(type),
        nullable,
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
