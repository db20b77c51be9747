package dev.changelake.compact.land;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.RecordStatus;
import dev.changelake.envelope.SourceOrigin;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Pins where a topic's records come from, by the first batch that says so. */
final class Origins {
  private Origins() {}

  /**
   * The origin that the topic's records have to have from now on.
   *
   * @param pinned what earlier batches pinned
   * @param landed the rows of this plan, of which those count that would change the table
   * @param batch the batch, for messages
   */
  static SourceOrigin after(
      SourceOrigin pinned, TableContract contract, Dataset<Row> landed, String batch) {
    SourceOrigin known = pinned.required(contract.source());
    // A landing of an earlier version of the job does not say where its records come from.
    boolean said = List.of(landed.columns()).contains(ChangeLogColumns.SOURCE);
    if (known.isSettled(contract.source()) || !said) {
      return known;
    }
    List<SourceOrigin> found =
        landed
            .where(
                col(ChangeLogColumns.STATUS)
                    .isin(RecordStatus.CHANGE.code(), RecordStatus.TRUNCATE.code()))
            .select(
                col(ChangeLogColumns.SOURCE + "." + ChangeLogColumns.SOURCE_NAME),
                col(ChangeLogColumns.SOURCE + "." + ChangeLogColumns.SOURCE_DB),
                col(ChangeLogColumns.SOURCE + "." + ChangeLogColumns.SOURCE_SCHEMA))
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> new SourceOrigin(row.getString(0), row.getString(1), row.getString(2)))
            .toList();
    List<String> ambiguous = SourceOrigin.ambiguous(found);
    if (!ambiguous.isEmpty()) {
      throw LandErrors.severalSources(contract, ambiguous, batch);
    }
    return known.completed(found);
  }
}
