package dev.changelake.compact.load;

import dev.changelake.compact.output.PublishedFiles;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a table is to hold.
 *
 * @param published the files that the rows stand in, by which a load is known again
 * @param rows all rows, with the table's columns
 * @param predecessor the batch before, where it is known what changed since; reports have none
 */
public record TableContent(
    PublishedFiles published, Supplier<Dataset<Row>> rows, Optional<Predecessor> predecessor) {
  public TableContent {
    Objects.requireNonNull(published, "published");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(predecessor, "predecessor");
  }

  /**
   * The batch before.
   *
   * @param n its number
   * @param inputs the inputs of its published files, with the columns of now
   * @param changes the rows that changed since: the table's columns, of a deleted row its key
   *     alone, and {@link RowChange#COLUMN}
   */
  public record Predecessor(long n, String inputs, Supplier<Dataset<Row>> changes) {
    public Predecessor {
      Objects.requireNonNull(inputs, "inputs");
      Objects.requireNonNull(changes, "changes");
    }
  }
}
