package dev.changelake.oracle;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Reads a folder of Parquet files by Kernel's reader; knows nothing of Spark.
 *
 * <p>Each file is read with the columns that its own footer names, so that a column too many or too
 * few shows as a difference. Compare with {@link KeyedRows#published}.
 */
public final class ParquetSnapshot {

  private final Configuration hadoop;
  private final Engine engine;

  /** Takes the file system's settings, {@code fs.s3a.*} among them. */
  public ParquetSnapshot(Configuration hadoop) {
    this.hadoop = new Configuration(hadoop);
    this.engine = DefaultEngine.create(hadoop);
  }

  /**
   * The rows of all Parquet files that lie directly in a folder, by row key.
   *
   * @param folder with its scheme, as {@code s3a://} or {@code file:}
   */
  public SortedMap<String, SortedMap<String, Object>> rows(String folder, List<String> key) {
    SortedMap<String, SortedMap<String, Object>> rows = new TreeMap<>();
    try {
      for (LocatedFileStatus file : files(new Path(folder))) {
        read(file, key, rows);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    return Collections.unmodifiableSortedMap(rows);
  }

  /** As all readers of such folders do, leaves out names that begin with a point or underscore. */
  private List<LocatedFileStatus> files(Path folder) throws IOException {
    List<LocatedFileStatus> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> listed =
        folder.getFileSystem(hadoop).listFiles(folder, false);
    while (listed.hasNext()) {
      LocatedFileStatus file = listed.next();
      String name = file.getPath().getName();
      if (name.endsWith(".parquet") && !name.startsWith("_") && !name.startsWith(".")) {
        files.add(file);
      }
    }
    return files;
  }

  private void read(
      LocatedFileStatus file, List<String> key, SortedMap<String, SortedMap<String, Object>> rows)
      throws IOException {
    FileStatus status =
        FileStatus.of(file.getPath().toString(), file.getLen(), file.getModificationTime());
    try (CloseableIterator<FileReadResult> batches =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(status), columns(file), Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next().getData();
        for (int row = 0; row < batch.getSize(); row++) {
          KeyedRows.add(rows, key, DeltaCells.of(batch, row));
        }
      }
    }
  }

  private StructType columns(LocatedFileStatus file) throws IOException {
    try (ParquetFileReader footer =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
      return ParquetColumns.of(footer.getFileMetaData().getSchema());
    }
  }
}
