package dev.changelake.oracle;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Reads Delta tables through Delta Kernel, deletion vectors applied; knows nothing of Spark. */
public final class DeltaKernelReader {

  private final Engine engine;

  /** Takes the file system's settings, {@code fs.s3a.*} among them. */
  public DeltaKernelReader(Configuration hadoop) {
    this.engine = DefaultEngine.create(hadoop);
  }

  /** The version that is newest now. */
  public long latestVersion(String path) {
    return TableManager.loadSnapshot(path).build(engine).getVersion();
  }

  /** The newest rows by row key; the key columns name the rows. */
  public SortedMap<String, SortedMap<String, Object>> latest(String path, List<String> key) {
    return rows(TableManager.loadSnapshot(path), key);
  }

  /** The rows as of a version. */
  public SortedMap<String, SortedMap<String, Object>> at(
      String path, long version, List<String> key) {
    return rows(TableManager.loadSnapshot(path).atVersion(version), key);
  }

  /** The newest rows of one of the model's tables. */
  public SortedMap<String, SortedMap<String, Object>> latest(String path, SourceTable table) {
    return latest(path, table.key());
  }

  private SortedMap<String, SortedMap<String, Object>> rows(
      SnapshotBuilder builder, List<String> key) {
    Snapshot snapshot = builder.build(engine);
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    SortedMap<String, SortedMap<String, Object>> rows = new TreeMap<>();
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> filesOfBatch = files.next().getRows()) {
          while (filesOfBatch.hasNext()) {
            readFile(state, filesOfBatch.next(), key, rows);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + snapshot.getPath(), e);
    }
    return Collections.unmodifiableSortedMap(rows);
  }

  private void readFile(
      Row state, Row file, List<String> key, SortedMap<String, SortedMap<String, Object>> rows)
      throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    try (CloseableIterator<FileReadResult> read =
            engine.getParquetHandler().readParquetFiles(one(status), physical, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> logical =
            Scan.transformPhysicalData(engine, state, file, read.map(FileReadResult::getData))) {
      while (logical.hasNext()) {
        collect(logical.next(), key, rows);
      }
    }
  }

  private static CloseableIterator<FileStatus> one(FileStatus status) {
    return io.delta.kernel.internal.util.Utils.singletonCloseableIterator(status);
  }

  private static void collect(
      FilteredColumnarBatch batch,
      List<String> key,
      SortedMap<String, SortedMap<String, Object>> rows) {
    ColumnarBatch data = batch.getData();
    Optional<ColumnVector> selection = batch.getSelectionVector();
    for (int i = 0; i < data.getSize(); i++) {
      int row = i;
      if (selection.map(kept -> !kept.isNullAt(row) && kept.getBoolean(row)).orElse(true)) {
        KeyedRows.add(rows, key, DeltaCells.of(data, row));
      }
    }
  }
}
