package dev.changelake.capture.corpus;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.postgres.SourceConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** {@code corpus/record.sh}: records every mode, and what the database itself says. */
final class CorpusRecorder {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper LINES = new JsonMapper();

  private final Path folder;
  private final Map<String, String> source;
  private final CorpusDatabase database;
  private List<String> truth;

  private CorpusRecorder(Path folder, Map<String, String> source, Connection connection)
      throws Exception {
    this.folder = folder;
    this.source = source;
    this.database = new CorpusDatabase(connection);
  }

  /** Takes the stack's configuration file, the corpus's folder, and modes if not all. */
  public static void main(String[] arguments) throws Exception {
    Configuration configuration = ConfigurationFile.read(Path.of(arguments[0]));
    List<String> names = List.of(arguments).subList(2, arguments.length);
    Map<String, String> source = configuration.debezium();
    try (Connection connection = SourceConnection.open(source, "changelake corpus")) {
      CorpusRecorder recorder = new CorpusRecorder(Path.of(arguments[1]), source, connection);
      for (CorpusMode mode : CorpusMode.ALL) {
        if (names.isEmpty() || names.contains(mode.name())) {
          recorder.record(mode);
        }
      }
      if (recorder.truth == null) {
        throw new IllegalArgumentException("There are no modes " + names);
      }
      recorder.describe();
    }
    // The engine leaves threads behind.
    System.exit(0);
  }

  private void record(CorpusMode mode) throws Exception {
    database.dropSlot(CorpusEngine.SLOT);
    database.begin();
    Map<String, Map<String, String>> rows = database.rows();
    List<String> seen = new ArrayList<>(changed(CorpusDatabase.FIRST_STEP, Map.of(), rows));
    int snapshot = database.count(mode.tables());
    List<String> records;
    try (CorpusEngine engine = new CorpusEngine(mode.properties(), source)) {
      engine.await(lines -> lines.size() == snapshot);
      for (Map.Entry<String, String> step : CorpusDatabase.steps().entrySet()) {
        database.run(step.getKey(), step.getValue());
        Map<String, Map<String, String>> next = database.rows();
        seen.addAll(changed(step.getKey(), rows, next));
        rows = next;
      }
      long steps = CorpusDatabase.steps().size();
      records = engine.await(lines -> lines.stream().filter(CorpusRecorder::ends).count() == steps);
    }
    if (truth != null && !truth.equals(seen)) {
      throw new IllegalStateException("The database said something else than in other modes");
    }
    truth = seen;
    write("records/" + mode.name() + ".tsv.gz", records);
    System.out.printf("%s: %d records%n", mode.name(), records.size());
  }

  private static boolean ends(String line) {
    return line.contains("\"prefix\":\"" + CorpusDatabase.STEP + "\"");
  }

  /** A line for each row that a step has changed; one that is gone is null. */
  private static List<String> changed(
      String step, Map<String, Map<String, String>> before, Map<String, Map<String, String>> after)
      throws IOException {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      if (!after.containsKey(key) || !after.get(key).equals(before.get(key))) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("table", key.substring(0, key.indexOf('/')));
        line.put("id", key.substring(key.indexOf('/') + 1));
        line.put("row", after.get(key));
        lines.add(LINES.writeValueAsString(line));
      }
    }
    return lines;
  }

  private void describe() throws Exception {
    write("truth.jsonl.gz", truth);
    Map<String, Object> types = new LinkedHashMap<>();
    for (String table : CorpusDatabase.TABLES) {
      types.put(table, database.types(table));
    }
    Map<String, Object> modes = new LinkedHashMap<>();
    for (CorpusMode mode : CorpusMode.ALL) {
      modes.put(mode.name(), mode.properties());
    }
    List<String> steps = new ArrayList<>(List.of(CorpusDatabase.FIRST_STEP));
    steps.addAll(CorpusDatabase.steps().keySet());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("steps", steps);
    all.put("types", types);
    all.put("modes", modes);
    Files.writeString(folder.resolve("corpus.json"), JSON.writeValueAsString(all) + "\n");
  }

  private void write(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
