package dev.changelake.compact.source;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.history.OutputsUnderTest;
import dev.changelake.compact.query.JsonLines;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cells of arrays and maps, from the topic through the log, the table and its snapshot into the
 * warehouse.
 */
@Tag("thorough")
class ArraysAndMapsIT {
  private static final String TOPIC = "b2b.public.bags";
  private static final List<String> TYPES =
      List.of(
          "bigint",
          "boolean",
          "string",
          "date",
          "time",
          "timestamp",
          "timestamp_ntz",
          "decimal(38,10)",
          "double",
          "float",
          "binary");

  private static final Map<String, Object> CELLS = new HashMap<>();

  static {
    CELLS.put("a_bigint", asList(Long.MIN_VALUE, null, Long.MAX_VALUE));
    CELLS.put("a_boolean", asList(true, null, false));
    CELLS.put(
        "a_string", asList("", null, "NULL", "q\"q", "b\\b", "a,b", "{x}", " ", "Zoë 😀", "n\nl"));
    CELLS.put("a_date", asList(LocalDate.of(1, 1, 1), null, LocalDate.of(9999, 12, 31)));
    CELLS.put("a_time", asList("24:00:00.000000", null, "00:00:00.000001"));
    CELLS.put("a_timestamp", asList(Instant.parse("0001-01-01T00:00:00.000001Z"), null));
    CELLS.put("a_timestamp_ntz", asList(LocalDateTime.parse("2020-03-29T02:30:00.000001"), null));
    CELLS.put("a_decimal", asList(new BigDecimal("9999999999999999999999999999.9999999999"), null));
    CELLS.put("a_double", asList(-0.0, null, Double.NaN, Double.NEGATIVE_INFINITY, 0.1));
    CELLS.put("a_float", asList(0.1f, null));
    CELLS.put("a_binary", asList(new byte[] {0, 1, -1}, null, new byte[0]));
    Map<String, String> texts = new HashMap<>();
    texts.put("", "q\"q\\");
    texts.put("none", null);
    CELLS.put("a_map", texts);
  }

  private static final String IN_LAKE =
      "\"a_bigint\":[-9223372036854775808,null,9223372036854775807],"
          + "\"a_boolean\":[true,null,false],"
          + "\"a_string\":[\"\",null,\"NULL\",\"q\\\"q\",\"b\\\\b\",\"a,b\",\"{x}\",\" \","
          + "\"Zoë 😀\",\"n\\nl\"],"
          + "\"a_date\":[\"0001-01-01\",null,\"9999-12-31\"],"
          + "\"a_time\":[\"24:00:00.000000\",null,\"00:00:00.000001\"],"
          + "\"a_timestamp\":[\"0001-01-01T00:00:00.000001Z\",null],"
          + "\"a_timestamp_ntz\":[\"2020-03-29T02:30:00.000001\",null],"
          + "\"a_decimal\":[9999999999999999999999999999.9999999999,null],"
          + "\"a_double\":[-0.0,null,\"NaN\",\"-Infinity\",0.1],"
          + "\"a_float\":[0.1,null],"
          + "\"a_binary\":[\"AAH/\",null,\"\"],"
          + "\"a_map\":{\"\":\"q\\\"q\\\\\",\"none\":null}";

  @TempDir private Path folder;
  private final TestStack stack = TestStack.get();

  @Test
  void eachCellReachesTheTableAndTheWarehouse() throws Exception {
    // given
    Configuration lake = stack.freshLake(Map.of("contracts.directory", folder.toString()));
    JobUnderTest job = new JobUnderTest(stack, lake);
    stack.topics().create(List.of(TOPIC), 1);
    writeContract();
    Map<String, Object> empty = new HashMap<>(CELLS);
    empty.replaceAll((name, cell) -> cell instanceof List ? List.of() : Map.of());
    send(1, CELLS);
    send(2, Map.of());
    send(3, empty);

    // when
    Manifest manifest = job.compact("2020-06-21").manifest().orElseThrow();
    OutputsUnderTest outputs = new OutputsUnderTest(lake, job.lake());
    outputs.publish(manifest, "bags");

    // then
    String emptyCells =
        IN_LAKE.replaceAll(":\\[.*?](?=,\"a_|$)", ":[]").replaceAll(":\\{.*}$", ":{}");
    String nulls = names().stream().map(",\"%s\":null"::formatted).collect(Collectors.joining());
    Dataset<Row> bags = table(job).orderBy("id");
    assertThat(JsonLines.of(bags).collectAsList())
        .containsExactly(
            "{\"id\":1," + IN_LAKE + "}", "{\"id\":2}", "{\"id\":3," + emptyCells + "}");
    assertThat(warehouse(outputs))
        .containsExactly(
            "{\"id\":1," + inWarehouse(IN_LAKE) + "}",
            "{\"id\":2" + nulls + "}",
            "{\"id\":3," + emptyCells + "}");

    // when
    Row printed = JsonLines.ofNested(bags.select("a_timestamp_ntz", "id", "a_map", "id")).first();

    // then
    assertThat(printed.toSeq().mkString(" "))
        .isEqualTo("[\"2020-03-29T02:30:00.000001\",null] 1 {\"\":\"q\\\"q\\\\\",\"none\":null} 1");
  }

  /** PostgreSQL's JSON of the same cells has other words for times of day, instants and bytes. */
  private static String inWarehouse(String json) {
    return json.replace("24:00:00.000000", "24:00:00")
        .replace("0001-01-01T00:00:00.000001Z", "0001-01-01T00:00:00.000001+00:00")
        .replace("[-0.0,", "[-0,")
        .replace("\"AAH/\",null,\"\"", "\"\\\\x0001ff\",null,\"\\\\x\"")
        .replace("{\"\":\"q\\\"q\\\\\",\"none\":null}", "{\"\": \"q\\\"q\\\\\", \"none\": null}");
  }

  private static Dataset<Row> table(JobUnderTest job) {
    Dataset<Row> table = job.views("2020-06-21").table("bags");
    return table.select("id", names().toArray(String[]::new));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    TYPES.forEach(type -> names.add("a_" + type.replaceFirst("\\(.*", "")));
    names.add("a_map");
    return names;
  }

  private void writeContract() throws IOException {
    List<String> columns = new ArrayList<>(List.of("{\"name\": \"id\", \"type\": \"bigint\"}"));
    for (int i = 0; i <= TYPES.size(); i++) {
      columns.add(
          "{\"name\": \"%s\", \"type\": \"%s\", \"nullable\": true}"
              .formatted(
                  names().get(i),
                  i < TYPES.size() ? "array<" + TYPES.get(i) + ">" : "map<string,string>"));
    }
    Files.writeString(
        folder.resolve("bags.json"),
        """
        {"table": "bags", "topic": "%s", "description": "Bags.", "mode": "merge", "key": ["id"],
         "columns": [%s]}
        """
            .formatted(TOPIC, String.join(", ", columns)));
  }

  private void send(long id, Map<String, Object> cells) {
    EnvelopeEncoder encoder =
        new EnvelopeEncoder(TableContracts.load(Optional.of(folder)).get("bags"), true);
    Map<String, Object> row = new HashMap<>(cells);
    row.put("id", id);
    SourceBlock source =
        new SourceBlock("b2b", "b2b", "public", "bags", "false", 1_592_784_000_000L, 7, id);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              TOPIC, 0, encoder.key(row), encoder.value(Operation.CREATE, null, row, source)));
    }
  }

  private static List<String> warehouse(OutputsUnderTest outputs) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = outputs.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      try (ResultSet found =
          statement.executeQuery(
              "SELECT row_to_json(t) FROM %s t ORDER BY id".formatted(outputs.warehouse("bags")))) {
        while (found.next()) {
          rows.add(found.getString(1));
        }
      }
    }
    return rows;
  }
}
