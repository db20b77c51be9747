package dev.changelake.compact.run;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.merge.TableRestore;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** Puts a table back to what the newest finished batch left, where somebody else changed it. */
public final class RestoreRun {
  private final SparkSession spark;
  private final Lake lake;

  public RestoreRun(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * Restores the table, and its positions without a row.
   *
   * @return what was done, a line each
   * @throws ChangelakeException of category usage if the newest batch has no such table
   */
  public List<String> restore(String table, String who, String why) {
    Plan last = lake.plans().last().orElseThrow(() -> unknown(table, Map.of()));
    boolean finished = lake.batches().find(last.name().n()).isPresent();
    PlanName next = finished ? new PlanName(last.name().n() + 1, 0) : last.name();
    Manifest newest = lake.batches().find(next.n() - 1).orElseThrow(() -> unknown(table, Map.of()));
    OptionalLong version = newest.tableVersion(table);
    if (version.isEmpty()) {
      throw unknown(table, newest.tables());
    }
    List<String> done = new ArrayList<>();
    done.add(
        describe(
            table,
            newest,
            TableRestore.restore(
                new LakeTable(spark, lake.layout().table(table)),
                version.getAsLong(),
                next,
                who,
                why)));
    newest
        .absentVersion(table)
        .ifPresent(
            absent ->
                done.add(
                    describe(
                        "absent/" + table,
                        newest,
                        TableRestore.restore(
                            new LakeTable(spark, lake.layout().absent(table)),
                            absent,
                            next,
                            who,
                            why))));
    return done;
  }

  private static String describe(
      String name, Manifest newest, Optional<TableRestore.Restored> restored) {
    return restored
        .map(
            back ->
                ("%s is put back to version %d, as batch %s left it; undone is all that came from"
                        + " version %d (%s) on.")
                    .formatted(
                        name,
                        back.version(),
                        newest.batch(),
                        back.undone().version(),
                        back.undone().operation()))
        .orElseGet(
            () -> "%s is as batch %s left it; nothing was done.".formatted(name, newest.batch()));
  }

  private static ChangelakeException unknown(String table, Map<String, Long> tables) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The newest batch has no table %s.".formatted(table),
        tables.isEmpty()
            ? "No batch is finished yet."
            : "It has %s.".formatted(String.join(", ", tables.keySet())),
        "Choose one of its tables; nothing was written.");
  }
}
