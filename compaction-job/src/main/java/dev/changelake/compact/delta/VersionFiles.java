package dev.changelake.compact.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The data files of one version of a table, each with the rows of it that are left.
 *
 * <p>Delta has no public way to read some of a version's files.
 *
 * @param files by their path and the deletion vector that goes with them
 */
record VersionFiles(
    SparkSession session, DeltaLog log, Snapshot snapshot, Map<FileAndVector, AddFile> files) {
  /** What a file's rows follow from. */
  private record FileAndVector(String path, String vector) {
    static FileAndVector of(AddFile file) {
      return new FileAndVector(
          file.path(), file.deletionVector() == null ? "" : file.deletionVector().uniqueId());
    }
  }

  static VersionFiles of(LakeTable table, long version) {
    DeltaLog log = DeltaLog.forTable(table.session(), table.path());
    Snapshot snapshot = log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
    Map<FileAndVector, AddFile> files = new LinkedHashMap<>();
    Arrays.stream((AddFile[]) snapshot.allFiles().collect())
        .forEach(file -> files.put(FileAndVector.of(file), file));
    return new VersionFiles(table.session(), log, snapshot, files);
  }

  /** The rows of files that the other version does not have so. */
  Dataset<Row> without(VersionFiles other) {
    List<AddFile> rest = new ArrayList<>();
    files.forEach(
        (file, added) -> {
          if (!other.files.containsKey(file)) {
            rest.add(added);
          }
        });
    return rows(CollectionConverters.asScala(rest).toSeq());
  }

  /** Delta makes rows in the thread's session; they are to be worked on as the table's says. */
  private Dataset<Row> rows(Seq<AddFile> files) {
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    try {
      return log.createDataFrame(snapshot, files, false, Option.empty());
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }
}
