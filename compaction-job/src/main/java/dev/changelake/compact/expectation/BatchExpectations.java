package dev.changelake.compact.expectation;

import static org.apache.spark.sql.functions.col;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.changelog.StateColumns;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.query.LakeViews;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** All that the contracts let one expect of a batch, held against its tables. */
final class BatchExpectations {
  private final SparkSession spark;
  private final Lake lake;
  private final Manifest manifest;
  private final Optional<Manifest> before;
  private final TableContracts contracts;
  private final List<TableContract> tables;

  BatchExpectations(SparkSession spark, Lake lake, TableContracts contracts, Manifest manifest) {
    this.spark = spark;
    this.lake = lake;
    this.manifest = manifest;
    this.before = lake.batches().find(manifest.plan().n() - 1);
    this.contracts = contracts;
    // A contract that came later says nothing about this batch.
    this.tables =
        contracts.targets().stream()
            .filter(table -> manifest.tableVersion(table.table()).isPresent())
            .toList();
  }

  List<Finding> findings(Consumer<Finding> done) {
    long largest =
        tables.stream().mapToLong(table -> manifest.rowsOf(table.table())).max().orElse(0);
    SparkSession session = WorkSize.sessionFor(spark, largest);
    LakeViews views = views(session, manifest);
    Map<String, Dataset<Row>> rows = new HashMap<>();
    tables.forEach(table -> rows.put(table.table(), views.table(table.table())));

    List<Finding> findings = new ArrayList<>(List.of(businessDate()));
    findings.forEach(done);
    new SideBySide()
        .map(
            tables,
            TableContract::table,
            table -> {
              List<Finding> found = ofTable(table, rows, views, session);
              found.forEach(done);
              return found;
            })
        .values()
        .forEach(findings::addAll);
    return findings;
  }

  private List<Finding> ofTable(
      TableContract table, Map<String, Dataset<Row>> rows, LakeViews views, SparkSession session) {
    List<Finding> findings = new ArrayList<>(ofRows(table, rows.get(table.table())));
    for (ForeignKey key : foreignKeys(table, rows)) {
      findings.addAll(
          key.findings(
              rows.get(table.table()),
              rows.get(key.parent().table()),
              deleted(key.parent(), views, session),
              () -> earlier(key, session),
              manifest.plan().n()));
    }
    return findings;
  }

  private Finding businessDate() {
    Expectation expectation =
        new Expectation(VerifyRun.WHOLE_BATCH, "business date not before that of the batch before");
    return before
        .filter(earlier -> manifest.businessDate().isBefore(earlier.businessDate()))
        .map(
            earlier ->
                expectation.found(
                    1,
                    () ->
                        List.of(
                            "%s (%s before)"
                                .formatted(manifest.businessDate(), earlier.businessDate()))))
        .orElseGet(expectation::holds);
  }

  private List<Finding> ofRows(TableContract table, Dataset<Row> rows) {
    RowScan scan = new RowScan(table, rows, manifest.businessDate());
    RowFacts facts = scan.facts();
    Optional<TableLedger> ledger = ledger(table.table());
    List<Finding> findings = new ArrayList<>(scan.findings(facts));
    findings.addAll(
        new RowBalance(
                table.table(),
                before.map(earlier -> earlier.rowsOf(table.table())).orElse(0L),
                ledger.map(TableLedger::inserted).orElse(0L),
                ledger.map(TableLedger::deleted).orElse(0L),
                facts.rows())
            .findings());
    return findings;
  }

  private Optional<ForeignKey.Earlier> earlier(ForeignKey key, SparkSession session) {
    String child = key.child().table();
    String parent = key.parent().table();
    return before
        .filter(batch -> batch.tableVersion(child).isPresent())
        .filter(batch -> batch.tableVersion(parent).isPresent())
        .map(batch -> views(session, batch))
        .filter(views -> List.of(views.table(child).columns()).contains(key.column()))
        .map(views -> new ForeignKey.Earlier(views.table(child), views.table(parent)));
  }

  /** Those whose column and parent the lake had by then. */
  private List<ForeignKey> foreignKeys(TableContract table, Map<String, Dataset<Row>> rows) {
    List<String> columns = Arrays.asList(rows.get(table.table()).columns());
    return ForeignKey.of(table, contracts::get).stream()
        .filter(key -> rows.containsKey(key.parent().table()) && columns.contains(key.column()))
        .toList();
  }

  /**
   * Rows with the keys that this batch deleted; keys that the table still has may be among them.
   */
  private Optional<Dataset<Row>> deleted(
      TableContract parent, LakeViews views, SparkSession session) {
    if (ledger(parent.table()).map(TableLedger::landed).orElse(0L) == 0) {
      return Optional.empty();
    }
    if (!parent.feeds().isEmpty()) {
      // Positions of several sources do not tell the table's key; but what it lacks now and had
      // before was deleted.
      return before
          .filter(earlier -> earlier.tableVersion(parent.table()).isPresent())
          .map(earlier -> views(session, earlier).table(parent.table()));
    }
    return views
        .absent(parent.table())
        .map(rows -> rows.where(col(StateColumns.N).equalTo(manifest.plan().n())));
  }

  private Optional<TableLedger> ledger(String table) {
    return manifest.tableLedgers().stream()
        .filter(ledger -> ledger.table().equals(table))
        .findFirst();
  }

  private LakeViews views(SparkSession session, Manifest of) {
    return new LakeViews(session, lake.layout(), contracts, of);
  }
}
