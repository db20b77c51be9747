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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads what commits say of themselves from a Delta table's log.
 *
 * <p>The files and the action {@code commitInfo} are those of Delta's protocol ("Delta Log
 * Entries", "Commit Provenance Information"). {@code DESCRIBE HISTORY} tells the same and costs a
 * Spark job.
 */
final class CommitLog {
  private static final String COMMIT_FILE = "\\d{20}\\.json";
  private static final String COMMIT_INFO = "commitInfo";

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
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fileSystem.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // Only this action is short; the others may hold the statistics of many files.
        if (line.startsWith("{\"" + COMMIT_INFO + "\"")) {
          return commit(version, SealedJson.mapper().readTree(line).get(COMMIT_INFO));
        }
      }
    }
    return new TableCommit(
        version, "", Optional.empty(), Optional.empty(), OptionalLong.empty(), Map.of());
  }

  private static TableCommit commit(long version, JsonNode info) {
    Optional<Map.Entry<PlanName, String>> origin =
        CommitTag.origin(info.path("userMetadata").textValue());
    Map<String, String> metrics = new HashMap<>();
    info.path("operationMetrics")
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asText()));
    String operation = info.path("operation").asText();
    JsonNode restoredTo = info.path("operationParameters").path("version");
    return new TableCommit(
        version,
        operation,
        origin.map(Map.Entry::getKey),
        origin.map(Map.Entry::getValue),
        operation.equals("RESTORE") && restoredTo.canConvertToLong()
            ? OptionalLong.of(restoredTo.longValue())
            : OptionalLong.empty(),
        metrics);
  }
}
