package dev.changelake.compact.run;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.fold.EarlierBatches;
import dev.changelake.compact.fold.Epochs;
import dev.changelake.compact.fold.Folder;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.land.Landing;
import dev.changelake.compact.land.PairedTombstones;
import dev.changelake.compact.merge.TableBatch;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.PlanKind;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.quarantine.Unapplied;
import dev.changelake.contract.Feed;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.RecordStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a batch landed for a table: its own topic's records and those of its feeds. */
record BatchSources(Lake lake, TableContracts contracts, Plan plan, Map<String, Landing> landings) {
  /** How many records the batch landed for the table. */
  long recordsOf(TableContract target) {
    return tables(target).mapToLong(table -> landings.get(table).ledger().landed()).sum();
  }

  /** The sources that have records, in the target's own session. */
  List<TableBatch.Landed> of(TableContract target, SparkSession session) {
    return tables(target).map(table -> landed(target, table, session)).toList();
  }

  private Stream<String> tables(TableContract target) {
    return Stream.concat(Stream.of(target.table()), target.feeds().stream().map(Feed::from))
        .filter(landings::containsKey)
        .filter(table -> landings.get(table).ledger().landed() > 0);
  }

  private TableBatch.Landed landed(TableContract target, String table, SparkSession session) {
    LakeTable log = new LakeTable(session, lake.layout().changes(table));
    Landing landing = landings.get(table);
    TopicPlan topic = plan.topicOf(table).orElseThrow();
    boolean again = plan.kind() == PlanKind.REPLAY;
    Dataset<Row> landed = Lander.landed(log, landing.version(), plan.name());
    Folder.Source source =
        new Folder.Source(
            contracts.get(table),
            landed,
            again ? Map.of() : PairedTombstones.find(log, landing, plan.name()),
            topic.partitions().size(),
            epochs(topic),
            topic.since(),
            again,
            landing.ledger().leavingOut() > 0,
            landing.ledger().count(RecordStatus.TRUNCATE.code()) > 0,
            () -> notApplied(log, landing, target, plan.name().n()),
            EarlierBatches.none(landed));
    return new TableBatch.Landed(
        source.after(
            new PastBatches(
                lake,
                plan,
                target,
                log,
                landing.version(),
                source,
                n -> notApplied(log, landing, target, n))),
        landing.ledger());
  }

  private static Epochs epochs(TopicPlan topic) {
    return new Epochs(
        topic.lsnRestarts().stream()
            .map(start -> new Epochs.Start(start.n(), start.partition(), start.offset()))
            .toList());
  }

  /** What may not have been applied of a topic before a plan, though its keys are known. */
  private Dataset<Row> notApplied(LakeTable log, Landing landing, TableContract target, long n) {
    Column upToNow = col(ChangeLogColumns.N).leq(n);
    return new Unapplied(log.read(landing.version()).where(upToNow))
        .before(n, target.feeds().isEmpty() ? Set.of() : plansWithConflicts(target));
  }

  /** The batches in which a source's change could not be applied since another held the key. */
  private Set<Long> plansWithConflicts(TableContract target) {
    return lake.batches().all().stream()
        .map(Batches.Entry::n)
        .filter(
            batch ->
                lake.batches().find(batch).stream()
                    .flatMap(manifest -> manifest.tableLedgers().stream())
                    .filter(ledger -> ledger.table().equals(target.table()))
                    .anyMatch(ledger -> ledger.conflicts() > 0))
        .collect(Collectors.toSet());
  }
}
