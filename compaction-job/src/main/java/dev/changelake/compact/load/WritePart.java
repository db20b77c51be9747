package dev.changelake.compact.load;

import dev.changelake.compact.output.CsvLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the rows of one task to a file, if there are any. A task that is tried again has another
 * file.
 */
final class WritePart implements FlatMapFunction<Iterator<Row>, LoadFiles.Part> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> columns;
  private final ArrayList<CellText> cells;
  private final int change;
  private final String nullText;
  private final String folder;
  private final SerializableConfiguration hadoop;

  WritePart(
      List<String> columns,
      List<CellText> cells,
      String nullText,
      String folder,
      Configuration hadoop) {
    this.columns = new ArrayList<>(columns);
    this.cells = new ArrayList<>(cells);
    this.change = columns.indexOf(RowChange.COLUMN);
    this.nullText = nullText;
    this.folder = folder;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Iterator<LoadFiles.Part> call(Iterator<Row> rows) throws IOException {
    if (!rows.hasNext()) {
      return List.<LoadFiles.Part>of().iterator();
    }
    TaskContext task = TaskContext.get();
    String name = "part-%05d-%d.csv.gz".formatted(task.partitionId(), task.taskAttemptId());
    Path path = new Path(folder, name);
    FileSystem files = path.getFileSystem(hadoop.value());
    EnumMap<RowChange, Long> counts = new EnumMap<>(RowChange.class);
    try (CsvLines lines =
        new CsvLines(new GZIPOutputStream(files.create(path, true)), columns, nullText)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        lines.add(texts(row));
        counts.merge(
            change < 0 ? RowChange.INSERTED : RowChange.ofCode(row.getString(change)),
            1L,
            Long::sum);
      }
    }
    return List.of(new LoadFiles.Part(name, files.getFileStatus(path).getLen(), counts)).iterator();
  }

  private List<String> texts(Row row) {
    List<String> texts = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i);
      if (value == null) {
        texts.add(null);
        continue;
      }
      String text = cells.get(i).of(value);
      if (text.equals(nullText)) {
        throw new RefusedCell(
            columns.get(i), "A value is the text that stands for null in this load.");
      }
      texts.add(text);
    }
    return texts;
  }
}
