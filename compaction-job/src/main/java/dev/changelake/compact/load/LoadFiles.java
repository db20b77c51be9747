package dev.changelake.compact.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.compact.store.OutputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of one load as gzipped CSV beside the lake's data, for as long as the load lasts. What a
 * load that died left there is in nobody's way.
 *
 * @param folder the files' folder, under the lake's root
 * @param columns the columns of each line
 * @param nullText what stands for null; it is made up for the load, and no value is like it
 */
record LoadFiles(Area area, String folder, List<String> columns, String nullText, List<Part> parts)
    implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MANIFEST = "manifest.json";

  /** Where load files are written. */
  record Area(String root, OutputFiles files, Configuration hadoop) {}

  /** One file. */
  record Part(String name, long length, EnumMap<RowChange, Long> rows) implements Serializable {}

  /** Writes all rows; Spark's tasks do. */
  static LoadFiles write(Dataset<Row> rows, WarehouseTable table, Dialect dialect, Area area) {
    String folder = "data/_changelake/aside/" + UUID.randomUUID();
    String nullText = "NULL" + UUID.randomUUID().toString().replace("-", "");
    List<CellText> cells =
        Arrays.stream(rows.columns())
            .map(name -> table.column(name).map(dialect::text).orElse(Object::toString))
            .toList();
    WritePart write =
        new WritePart(
            List.of(rows.columns()), cells, nullText, area.root() + "/" + folder, area.hadoop());
    try {
      List<Part> parts = rows.javaRDD().mapPartitions(write).collect();
      return new LoadFiles(area, folder, List.of(rows.columns()), nullText, parts);
    } catch (Exception e) {
      // A failed task's exception is one that no signature tells.
      area.files().deleteFolder(folder);
      throw e;
    }
  }

  /** How many rows there are. */
  long rows() {
    return parts.stream()
        .flatMap(part -> part.rows().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** How many rows became so. */
  long rows(RowChange change) {
    return parts.stream().mapToLong(part -> part.rows().getOrDefault(change, 0L)).sum();
  }

  /** A file's lines. */
  InputStream open(Part part) throws IOException {
    Path path = new Path(area.root() + "/" + folder + "/" + part.name());
    return new GZIPInputStream(path.getFileSystem(area.hadoop()).open(path));
  }

  /** Writes the list of all files, in Redshift's form, and tells its URL. */
  String writeManifest() throws JsonProcessingException {
    String place = area.root().replaceFirst("^s3a:", "s3:") + "/" + folder + "/";
    List<Map<String, Object>> entries =
        parts.stream()
            .map(
                part ->
                    Map.of(
                        "url",
                        place + part.name(),
                        "mandatory",
                        true,
                        "meta",
                        Map.of("content_length", part.length())))
            .toList();
    area.files().put(folder + "/" + MANIFEST, JSON.writeValueAsBytes(Map.of("entries", entries)));
    return place + MANIFEST;
  }

  @Override
  public void close() {
    area.files().deleteFolder(folder);
  }
}
