package dev.changelake.compact.run;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.fold.EarlierBatches;
import dev.changelake.compact.fold.Folder;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.contract.TableContract;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The batches that one source's records went into before this one.
 *
 * @param now the source as it is in this batch
 * @param version the change log's version that holds this batch
 * @param unreadable what may not have been applied before a plan
 */
record PastBatches(
    Lake lake,
    Plan plan,
    TableContract target,
    LakeTable log,
    long version,
    Folder.Source now,
    LongFunction<Dataset<Row>> unreadable)
    implements EarlierBatches {
  @Override
  public Dataset<Row> landed() {
    return log.read(version)
        .where(
            col(ChangeLogColumns.N)
                .lt(plan.name().n())
                // A topic that was created again has other positions.
                .and(col(ChangeLogColumns.N).geq(now.since())));
  }

  @Override
  public Optional<Past> of(long n, int revision) {
    PlanName name = new PlanName(n, revision);
    Optional<Manifest> batch =
        lake.batches().find(name.n()).filter(manifest -> manifest.plan().equals(name));
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    Optional<Manifest> before = lake.batches().find(name.n() - 1);
    if (before.isPresent() && isGone(before.get(), batch.get())) {
      return Optional.empty();
    }
    return state(before, batch.get()).map(state -> past(name, state, before));
  }

  /** The versions of a batch are kept from the end of the next one on; a day is left to the run. */
  private boolean isGone(Manifest batch, Manifest next) {
    long days = Math.min(batch.retentionDays(), lake.retention().days()) - 1;
    return plan.createdAt().isAfter(next.createdAt().plus(Duration.ofDays(days)));
  }

  /** The table as the batch before left it; empty if its columns were others. */
  private Optional<Dataset<Row>> state(Optional<Manifest> before, Manifest batch) {
    LakeTable table = new LakeTable(log.session(), lake.layout().table(target.table()));
    OptionalLong found =
        before.map(manifest -> manifest.tableVersion(target.table())).orElse(OptionalLong.empty());
    OptionalLong known = found.isPresent() ? found : batch.tableVersion(target.table());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> state = table.read(known.getAsLong());
    List<String> names = List.of(state.columns());
    boolean same =
        Arrays.stream(SparkTypes.struct(target.storedColumns()).fields())
            .allMatch(field -> names.contains(field.name()) && isOfType(state, field));
    return same ? Optional.of(found.isPresent() ? state : state.limit(0)) : Optional.empty();
  }

  private static boolean isOfType(Dataset<Row> state, StructField field) {
    return state.schema().apply(field.name()).dataType().equals(field.dataType());
  }

  private Past past(PlanName name, Dataset<Row> state, Optional<Manifest> before) {
    OptionalLong absent =
        before.map(manifest -> manifest.absentVersion(target.table())).orElse(OptionalLong.empty());
    LakeTable positions = new LakeTable(log.session(), lake.layout().absent(target.table()));
    Dataset<Row> landed = Lander.landed(log, version, name);
    boolean again =
        lake.plans().find(name).filter(found -> found.kind() == PlanKind.REPLAY).isPresent();
    return new Past(
        new Folder.Source(
            now.contract(),
            landed,
            Map.of(),
            now.partitions(),
            now.epochs(),
            now.since(),
            again,
            true,
            false,
            () -> unreadable.apply(name.n()),
            EarlierBatches.none(landed)),
        state,
        absent.isPresent() ? Optional.of(positions.read(absent.getAsLong())) : Optional.empty());
  }
}
