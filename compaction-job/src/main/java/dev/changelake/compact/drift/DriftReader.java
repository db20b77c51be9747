package dev.changelake.compact.drift;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.land.ContractSource;
import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableDrift.Outcome;
import dev.changelake.compact.plan.Evolution;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.contract.DriftKind;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.QuarantineReason;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds drift in what was landed of a topic. */
public final class DriftReader {
  /** More than a source's columns can have; names in garbage are not told without end. */
  private static final int MOST = 100;

  private static final String RECORDS = "records";
  private static final String FIRST = "first";

  private DriftReader() {}

  /**
   * What a topic's source has become.
   *
   * @param drifts what differs; nothing of it is decided yet, so that all is held
   * @param evolutions what the table has to become where the contract lets it follow
   */
  public record Found(List<TableDrift> drifts, List<Evolution> evolutions) {
    public Found {
      drifts = List.copyOf(drifts);
      evolutions = List.copyOf(evolutions);
    }
  }

  /**
   * Looks at the quarantined records.
   *
   * @param landed the rows of the plan in the topic's change log
   */
  public static Found find(
      TableContract contract, ContractSource source, Dataset<Row> landed, PlanName plan) {
    List<TableDrift> drifts = new ArrayList<>();
    Map<String, Evolution> evolutions = new LinkedHashMap<>();
    for (Row row : grouped(source, landed)) {
      DriftKind kind = DriftKind.fromCode(row.getAs(FindDrift.KIND));
      String column = row.getAs(FindDrift.COLUMN);
      Row first = row.getAs(FIRST);
      String place = first.getInt(0) + ":" + first.getLong(1);
      long records = row.<Long>getAs(RECORDS);
      DriftPolicy policy = contract.drift().of(kind);
      drifts.add(
          new TableDrift(
              contract.table(),
              kind,
              column,
              row.getAs(FindDrift.FROM),
              row.getAs(FindDrift.TO),
              policy,
              Outcome.HELD,
              records,
              place));
      if (policy == DriftPolicy.EVOLVE && row.getAs(FindDrift.TYPE) != null) {
        // Of two types in one batch the first one counts; the other is drift from it.
        evolutions.putIfAbsent(
            column,
            new Evolution(
                plan.n(),
                kind,
                column,
                row.getAs(FindDrift.FROM),
                row.getAs(FindDrift.TYPE),
                row.<Boolean>getAs(FindDrift.NULLABLE),
                records,
                place));
      }
    }
    return new Found(drifts, List.copyOf(evolutions.values()));
  }

  private static List<Row> grouped(ContractSource source, Dataset<Row> landed) {
    return landed
        .where(col(ChangeLogColumns.STATUS).equalTo(RecordStatus.QUARANTINED.code()))
        // What another source has become is no drift of this one.
        .where(not(col(ChangeLogColumns.REASON).startsWith(QuarantineReason.OTHER_SOURCE.code())))
        .select(
            ChangeLogColumns.PARTITION,
            ChangeLogColumns.OFFSET,
            ChangeLogColumns.KEY,
            ChangeLogColumns.VALUE)
        .mapPartitions(new FindDrift(source), Encoders.row(FindDrift.SCHEMA))
        .groupBy(
            FindDrift.KIND,
            FindDrift.COLUMN,
            FindDrift.FROM,
            FindDrift.TO,
            FindDrift.TYPE,
            FindDrift.NULLABLE)
        .agg(
            count(lit(1)).as(RECORDS), min(struct(FindDrift.PARTITION, FindDrift.OFFSET)).as(FIRST))
        // What garbage brings must not hide what a table can follow.
        .orderBy(
            col(FindDrift.TYPE).isNull(), col(FIRST), col(FindDrift.KIND), col(FindDrift.COLUMN))
        .limit(MOST)
        .collectAsList();
  }
}
