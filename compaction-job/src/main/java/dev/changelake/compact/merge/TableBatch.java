package dev.changelake.compact.merge;

import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.compact.fold.Fold;
import dev.changelake.compact.fold.FoldCounts;
import dev.changelake.compact.fold.Folder;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.plan.OrderDecision;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Takes one table through one batch: from its versions before it to its versions after it. */
public final class TableBatch {
  private final SparkSession spark;
  private final LakeLayout layout;
  private final String lakeId;
  private final Retention retention;
  private final TableContract target;
  private final PlanName plan;
  private final String batch;
  private final OrderDecision decision;
  private final boolean deletionVectors;

  /**
   * One table in one batch.
   *
   * @param spark a session of this batch and table alone, since writes set its options
   * @param batch the batch's id, for messages
   * @param decision what an operator decided of records whose order no rule knows
   * @param deletionVectors whether rows may be marked as deleted in files that stay
   */
  public TableBatch(
      SparkSession spark,
      LakeLayout layout,
      String lakeId,
      Retention retention,
      TableContract target,
      PlanName plan,
      String batch,
      OrderDecision decision,
      boolean deletionVectors) {
    this.spark = spark;
    this.layout = layout;
    this.lakeId = lakeId;
    this.retention = retention;
    this.target = target;
    this.plan = plan;
    this.batch = batch;
    this.decision = decision;
    this.deletionVectors = deletionVectors;
  }

  /**
   * The table's versions before the batch, as the manifest before it tells.
   *
   * @param state empty if the table is in no manifest yet
   * @param absent empty if no key without a row was ever recorded
   */
  public record Before(OptionalLong state, OptionalLong absent) {}

  /** A source of the table with what was landed of it. */
  public record Landed(Folder.Source source, TopicLedger ledger) {}

  /** Folds and merges, or finds that this plan did so before. */
  public TableOutcome run(Before before, List<Landed> sources) {
    LakeTable state = new LakeTable(spark, layout.table(target.table()));
    LakeTable absent = new LakeTable(spark, layout.absent(target.table()));
    long stateVersion = prepare(state, before.state());
    OptionalLong absentVersion = undoneAbsent(absent, before.absent());
    long landed = sources.stream().mapToLong(source -> source.ledger().landed()).sum();
    if (landed == 0) {
      return new TableOutcome(
          stateVersion,
          absentVersion,
          ledger(sources, landed, FoldCounts.none(), 0, 0, 0),
          List.of());
    }
    Optional<Dataset<Row>> absentRows =
        absentVersion.isPresent()
            ? Optional.of(absent.read(absentVersion.getAsLong()))
            : Optional.empty();
    Fold fold =
        new Folder(target, decision.replays())
            .fold(
                sources.stream().map(Landed::source).toList(),
                state.read(stateVersion),
                absentRows,
                landed,
                plan.n());
    OrderErrors.requireOrdered(target.table(), fold, decision, batch);
    if (fold.counts().absentChanges() > 0) {
      absentVersion = OptionalLong.of(mergeAbsent(absent, absentVersion, fold));
    }
    return mergeState(state, stateVersion, absentVersion, sources, landed, fold);
  }

  private TableOutcome mergeState(
      LakeTable state,
      long before,
      OptionalLong absentVersion,
      List<Landed> sources,
      long landed,
      Fold fold) {
    FoldCounts counts = fold.counts();
    if (counts.leavesTableAsItIs()) {
      return new TableOutcome(
          before,
          absentVersion,
          checked(ledger(sources, landed, counts, 0, 0, 0), counts),
          fold.conflicting());
    }
    if (deletionVectors && counts.updates() + counts.deletes() > 0) {
      state.allowDeletionVectors(tag(target.table(), Stage.CREATE));
    }
    TableCommit commit =
        new TableMerger(state, target.key(), target.mode() == TableMode.APPEND)
            .merge(fold.actions(), tag(target.table(), Stage.MERGE), before, batch);
    TableLedger ledger =
        ledger(
            sources,
            landed,
            counts,
            commit.metric("numTargetRowsInserted"),
            commit.metric("numTargetRowsUpdated"),
            commit.metric("numTargetRowsDeleted"));
    return new TableOutcome(
        commit.version(), absentVersion, checked(ledger, counts), fold.conflicting());
  }

  /** A revision that leaves the positions alone still has to undo what an earlier one wrote. */
  private OptionalLong undoneAbsent(LakeTable absent, OptionalLong before) {
    boolean mayBeWritten = before.isPresent() || plan.revision() > 0 && absent.exists();
    return mayBeWritten
        ? OptionalLong.of(
            completed(absent, absentName(), StateColumns.absentSchema(target), before))
        : before;
  }

  private long mergeAbsent(LakeTable absent, OptionalLong before, Fold fold) {
    absent.createIfAbsent(
        StateColumns.absentSchema(target),
        List.of(),
        retention.properties(),
        tag(absentName(), Stage.CREATE));
    if (deletionVectors && before.isPresent()) {
      absent.allowDeletionVectors(tag(absentName(), Stage.CREATE));
    }
    long since = start(absent, absentName(), before);
    TableCommit commit =
        new TableMerger(absent, StateColumns.identity(target), false)
            .merge(fold.absent(), tag(absentName(), Stage.ABSENT), since, batch);
    long changed =
        commit.metric("numTargetRowsInserted")
            + commit.metric("numTargetRowsUpdated")
            + commit.metric("numTargetRowsDeleted");
    if (changed != fold.counts().absentChanges()) {
      throw MergeErrors.contradiction(
          absentName(),
          List.of(
              "expected %d positions to change; MERGE tells %d"
                  .formatted(fold.counts().absentChanges(), changed)));
    }
    return commit.version();
  }

  /** Makes the table ready for the batch and tells the version from which the batch starts. */
  private long prepare(LakeTable state, OptionalLong before) {
    CommitTag creation = tag(target.table(), Stage.CREATE);
    state.createIfAbsent(StateColumns.schema(target), List.of(), retention.properties(), creation);
    return completed(state, target.table(), StateColumns.schema(target), before);
  }

  /** The version from which the batch starts, once the table has all columns. */
  private long completed(LakeTable table, String name, StructType schema, OptionalLong before) {
    long start = start(table, name, before);
    return table.complete(schema, tag(name, Stage.CREATE)) ? start(table, name, before) : start;
  }

  /**
   * The version from which the batch starts: nobody but this plan may have changed the table since
   * the batch before, and what an earlier revision of this plan did is undone first.
   */
  private long start(LakeTable table, String name, OptionalLong before) {
    TablePast past = past(table, before);
    OptionalLong earlier = past.earlierRevision();
    if (earlier.isPresent()) {
      if (past.restored() || past.merged()) {
        throw MergeErrors.mixedRevisions(table, earlier.getAsLong(), batch);
      }
      table.restore(past.start(), tag(name, Stage.RESTORE));
      past = past(table, before);
    }
    if (past.undone().isPresent()) {
      throw MergeErrors.putBack(table, past.undone().getAsLong(), batch);
    }
    return past.start();
  }

  private TablePast past(LakeTable table, OptionalLong before) {
    // A new table starts from the version that created it.
    long version = before.orElse(0);
    TablePast past = TablePast.of(plan, version, table.commitsSince(version));
    past.byOthers()
        .ifPresent(
            commit -> {
              throw MergeErrors.changedByOthers(table, commit, past, batch);
            });
    return past;
  }

  private CommitTag tag(String name, Stage stage) {
    return CommitTag.of(lakeId, name, stage, plan);
  }

  private String absentName() {
    return "absent/" + target.table();
  }

  private TableLedger ledger(
      List<Landed> sources,
      long landed,
      FoldCounts counts,
      long inserted,
      long updated,
      long deleted) {
    return new TableLedger(
        target.table(),
        landed,
        counts.winners(),
        counts.superseded(),
        counts.replays(),
        counts.tombstones(),
        records(sources, RecordStatus.TRUNCATE),
        records(sources, RecordStatus.CONTROL),
        counts.filtered(),
        records(sources, RecordStatus.QUARANTINED),
        counts.conflicts(),
        counts.unresolved() + counts.undecided(),
        counts.moved(),
        counts.overtaken(),
        counts.truncated(),
        inserted,
        updated,
        deleted,
        counts.withoutEffect(),
        counts.unavailableCells());
  }

  private TableLedger checked(TableLedger ledger, FoldCounts counts) {
    List<String> contradictions = new ArrayList<>(ledger.contradictions());
    if (ledger.inserted() != counts.inserts()
        || ledger.updated() != counts.updates()
        || ledger.deleted() != counts.deletes()) {
      contradictions.add(
          "expected %d inserted, %d updated, %d deleted; MERGE tells %d, %d, %d"
              .formatted(
                  counts.inserts(),
                  counts.updates(),
                  counts.deletes(),
                  ledger.inserted(),
                  ledger.updated(),
                  ledger.deleted()));
    }
    if (!contradictions.isEmpty()) {
      throw MergeErrors.contradiction(target.table(), contradictions);
    }
    return ledger;
  }

  private static long records(List<Landed> sources, RecordStatus status) {
    return sources.stream().mapToLong(source -> source.ledger().count(status.code())).sum();
  }
}
