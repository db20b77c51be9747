package dev.changelake.compact.fold;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source's batches before this one, asked for if a row's key changed across two of them. */
public interface EarlierBatches {
  /**
   * What a batch started from, and what it landed.
   *
   * @param state the target before it
   * @param absent the positions without a row before it; empty if there were none
   */
  record Past(Folder.Source source, Dataset<Row> state, Optional<Dataset<Row>> absent) {}

  /** The change log's rows of earlier plans, of all their revisions. */
  Dataset<Row> landed();

  /**
   * The batch of a plan's revision; empty if it did not become one, or can no longer be read.
   *
   * @param n the plan's number
   */
  Optional<Past> of(long n, int revision);

  /** A source without any. */
  static EarlierBatches none(Dataset<Row> like) {
    return new EarlierBatches() {
      @Override
      public Dataset<Row> landed() {
        return like.limit(0);
      }

      @Override
      public Optional<Past> of(long n, int revision) {
        return Optional.empty();
      }
    };
  }
}
