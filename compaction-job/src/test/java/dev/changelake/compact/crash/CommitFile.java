package dev.changelake.compact.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.store.SealedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;

/** One commit in a Delta table's log, which nobody but a test changes afterwards. */
final class CommitFile {
  private final Path file;
  private final FileSystem fileSystem;

  private CommitFile(Path file, FileSystem fileSystem) {
    this.file = file;
    this.fileSystem = fileSystem;
  }

  static CommitFile of(String table, long version, Configuration hadoop) {
    Path file = new Path(table, "_delta_log/%020d.json".formatted(version));
    try {
      return new CommitFile(file, file.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try (FSDataInputStream in = fileSystem.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the commit what it would be if the job told nothing of where it comes from. */
  void removeTransaction() {
    write(
        text()
            .lines()
            .filter(action -> !action.startsWith("{\"txn\""))
            .map(CommitFile::withoutOrigin)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String withoutOrigin(String action) {
    if (!action.startsWith("{\"commitInfo\"")) {
      return action;
    }
    try {
      ObjectNode commit = (ObjectNode) SealedJson.mapper().readTree(action);
      ((ObjectNode) commit.get("commitInfo")).remove("userMetadata");
      return commit.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the commit anew; what Delta remembers of its table, here and in the log, goes. */
  void write(String text) {
    try (FSDataOutputStream out = fileSystem.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      fileSystem.delete(new Path(file.getParent(), file.getName().replace(".json", ".crc")), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DeltaLog.clearCache();
  }
}
