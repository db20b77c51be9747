package dev.changelake.compact.delta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.store.SealedJson;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads what commits say of themselves from a Delta table's log.
 *
 * <p>The files and the actions are those of Delta's protocol ("Delta Log Entries", "Actions"). Its
 * writers must say {@code dataChange=false} only where the table's rows stay the same, so that what
 * is maintenance follows from the actions, whichever program wrote them. {@code DESCRIBE HISTORY}
 * says less and costs a Spark job.
 */
final class CommitLog {
  private static final String COMMIT_FILE = "\\d{20}\\.json";
  private static final String COMMIT_INFO = "commitInfo";

  /** Operations that write the table's metadata and leave every value where it is. */
  private static final Set<String> KEEP_COLUMNS =
      Set.of(
          "ADD COLUMNS",
          "ADD CONSTRAINT",
          "CHANGE COLUMN",
          "CHANGE COLUMNS",
          "CLUSTER BY",
          "DROP CONSTRAINT",
          "DROP FEATURE",
          "OPTIMIZE",
          "REMOVE COLUMN MAPPING",
          "REORG",
          "REORG TABLE UPGRADE UNIFORM",
          "ROW TRACKING BACKFILL",
          "ROW TRACKING UNBACKFILL",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES",
          "UPGRADE PROTOCOL");

  private final Path folder;
  private final Configuration hadoop;

  CommitLog(String table, Configuration hadoop) {
    this.folder = new Path(table, "_delta_log");
    this.hadoop = hadoop;
  }

  /** The commits after a version, newest first; none if there is no table. */
  List<TableCommit> since(long version) {
    try {
      FileSystem fileSystem = folder.getFileSystem(hadoop);
      List<TableCommit> commits = new ArrayList<>();
      for (Path file : files(fileSystem)) {
        long found = Long.parseLong(file.getName().substring(0, file.getName().indexOf('.')));
        if (found > version) {
          commits.add(read(fileSystem, file, found));
        }
      }
      commits.sort(Comparator.comparingLong(TableCommit::version).reversed());
      return commits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the table was ever committed to. */
  boolean exists() {
    try {
      return !files(folder.getFileSystem(hadoop)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files(FileSystem fileSystem) throws IOException {
    try {
      return Arrays.stream(fileSystem.listStatus(folder))
          .map(status -> status.getPath())
          .filter(path -> path.getName().matches(COMMIT_FILE))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static TableCommit read(FileSystem fileSystem, Path file, long version)
      throws IOException {
    JsonNode info = SealedJson.mapper().createObjectNode();
    boolean changesRows = false;
    boolean writesMetadata = false;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fileSystem.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"" + COMMIT_INFO + "\"")) {
          info = SealedJson.mapper().readTree(line).get(COMMIT_INFO);
          if (origin(info).isPresent()) {
            // Of a plan's commit the rest is known, and may be the statistics of many files.
            return commit(version, info, KEEP_COLUMNS.contains(operation(info)));
          }
        } else if (line.startsWith("{\"metaData\"")) {
          writesMetadata = true;
        } else if (line.startsWith("{\"add\"") || line.startsWith("{\"remove\"")) {
          changesRows = changesRows || changesRows(line);
        }
      }
    }
    boolean keepsColumns = !writesMetadata || KEEP_COLUMNS.contains(operation(info));
    return commit(version, info, !changesRows && keepsColumns);
  }

  /** Whether a file came or went with its rows, and not only its rows to other files. */
  private static boolean changesRows(String action) throws IOException {
    JsonNode file = SealedJson.mapper().readTree(action).elements().next();
    return file.path("dataChange").asBoolean(true);
  }

  private static String operation(JsonNode info) {
    return info.path("operation").asText();
  }

  private static Optional<Map.Entry<PlanName, String>> origin(JsonNode info) {
    return CommitTag.origin(info.path("userMetadata").textValue());
  }

  private static TableCommit commit(long version, JsonNode info, boolean maintenance) {
    Optional<Map.Entry<PlanName, String>> origin = origin(info);
    Map<String, String> metrics = new HashMap<>();
    info.path("operationMetrics")
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asText()));
    String operation = operation(info);
    JsonNode restoredTo = info.path("operationParameters").path("version");
    return new TableCommit(
        version,
        operation,
        origin.map(Map.Entry::getKey),
        origin.map(Map.Entry::getValue),
        operation.equals("RESTORE") && restoredTo.canConvertToLong()
            ? OptionalLong.of(restoredTo.longValue())
            : OptionalLong.empty(),
        maintenance,
        metrics);
  }
}
