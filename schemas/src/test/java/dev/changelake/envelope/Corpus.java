package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** What a real PostgreSQL and Debezium sent, and what the database said; {@code corpus/README}. */
final class Corpus {
  /** From here on each before has all columns, and not the key alone. */
  private static final String FULL_IMAGES = "full images";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<String> steps = new ArrayList<>();
  private final Map<String, Map<String, String>> types = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> modes = new LinkedHashMap<>();

  /** After each step, by {@code table/id}. */
  private final List<Map<String, Map<String, String>>> rows = new ArrayList<>();

  Corpus() {
    JsonNode description = json(String.join("\n", lines("corpus.json")));
    description.get("steps").forEach(step -> steps.add(step.textValue()));
    description.get("types").properties().forEach(e -> types.put(e.getKey(), map(e.getValue())));
    description.get("modes").properties().forEach(e -> modes.put(e.getKey(), map(e.getValue())));
    List<JsonNode> changes = lines("truth.jsonl.gz").stream().map(Corpus::json).toList();
    Map<String, Map<String, String>> now = new HashMap<>();
    for (String step : steps) {
      now = new HashMap<>(now);
      for (JsonNode change : changes) {
        if (change.get("step").textValue().equals(step)) {
          String row = change.get("table").textValue() + "/" + change.get("id").textValue();
          now.put(row, change.get("row").isNull() ? null : map(change.get("row")));
        }
      }
      now.values().removeIf(Objects::isNull);
      rows.add(now);
    }
  }

  /** The settings of each mode. */
  Map<String, Map<String, String>> modes() {
    return modes;
  }

  /** The columns of a table with the types that PostgreSQL gives them. */
  Map<String, String> types(String table) {
    return types.get(table);
  }

  /** The records of a mode in the order in which they came. */
  static List<CorpusRecord> records(String mode) {
    return lines("records/" + mode + ".tsv.gz").stream().map(CorpusRecord::parse).toList();
  }

  /** Whether messages of the mode are the rows alone, without an envelope. */
  static boolean isFlattened(Map<String, String> mode) {
    return mode.containsKey("transforms");
  }

  /** Takes an image of a record, and the row as the database had it then. */
  interface ImageConsumer {
    void accept(
        CorpusRecord record, String image, Map<String, String> cells, Map<String, String> row);
  }

  /** Goes through the images of a mode that have all columns. */
  void walk(String mode, ImageConsumer consumer) {
    List<List<CorpusRecord>> records = recordsOfSteps(mode);
    for (int step = 0; step < steps.size(); step++) {
      for (CorpusRecord record : records.get(step)) {
        if (record.isChange() && record.has("after")) {
          consumer.accept(record, "after", record.image("after"), row(step, record));
        }
        if (record.isChange() && record.has("before") && hasFullBefores(step)) {
          consumer.accept(record, "before", record.image("before"), row(step - 1, record));
        }
      }
    }
  }

  /** Whether each before in a step has all columns. */
  boolean hasFullBefores(int step) {
    return step > steps.indexOf(FULL_IMAGES);
  }

  /** The records of a mode by steps: the first is the snapshot, a message ends each other one. */
  List<List<CorpusRecord>> recordsOfSteps(String mode) {
    List<List<CorpusRecord>> ofSteps = new ArrayList<>();
    steps.forEach(step -> ofSteps.add(new ArrayList<>()));
    int step = 1;
    for (CorpusRecord record : records(mode)) {
      boolean ofSnapshot = record.isChange() && record.operation().equals("r");
      ofSteps.get(ofSnapshot ? 0 : step).add(record);
      step += record.endsStep() ? 1 : 0;
    }
    assertThat(step).as("steps of " + mode).isEqualTo(steps.size());
    return ofSteps;
  }

  /** What has to come for each row that a step of the log or the snapshot changed. */
  Set<String> expectedIn(int step, Set<String> tables) {
    Map<String, Map<String, String>> earlier = step == 0 ? Map.of() : rows.get(step - 1);
    Map<String, Map<String, String>> later = rows.get(step);
    Set<String> expected = new TreeSet<>();
    later.forEach(
        (row, cells) -> {
          if (!cells.equals(earlier.get(row))) {
            expected.add("after " + row);
          }
        });
    earlier.keySet().stream()
        .filter(row -> !later.containsKey(row) && !steps.get(step).equals("truncate"))
        .forEach(row -> expected.add("delete " + row));
    expected.removeIf(row -> !tables.contains(row.replaceAll(".* |/.*", "")));
    return expected;
  }

  /** The row of a record as the database had it after a step. */
  Map<String, String> row(int step, CorpusRecord record) {
    String row = record.table() + "/" + record.id();
    return Objects.requireNonNull(rows.get(step).get(row), row);
  }

  static List<String> lines(String name) {
    String path = "/corpus/" + name;
    try (InputStream file = Objects.requireNonNull(Corpus.class.getResourceAsStream(path), path);
        InputStream content = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), field.getValue().textValue()));
    return map;
  }
}
