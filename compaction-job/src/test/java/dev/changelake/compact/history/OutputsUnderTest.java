package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.Warehouses;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.publish.ParityRun;
import dev.changelake.compact.publish.PublishRun;
import dev.changelake.compact.report.ReportRun;
import dev.changelake.compact.report.Reports;
import dev.changelake.compact.result.Finding;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContracts;
import dev.changelake.oracle.CsvRows;
import dev.changelake.oracle.JdbcTable;
import dev.changelake.oracle.KeyedRows;
import dev.changelake.oracle.OracleState;
import dev.changelake.oracle.ParquetSnapshot;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.TableComparison;
import dev.changelake.oracle.report.Report;
import dev.changelake.oracle.report.ReportOracle;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * What a lake gives to others: its reports, snapshots and warehouse, beside what they should be.
 */
public final class OutputsUnderTest {
  public static final List<SourceTable> BASE_TABLES =
      List.of(
          SourceTable.COMPANIES, SourceTable.CUSTOMERS, SourceTable.PRODUCTS, SourceTable.ORDERS);

  private final Configuration configuration;
  private final Lake lake;
  private final ParquetSnapshot parquet;

  public OutputsUnderTest(Configuration configuration, Lake lake) {
    org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();
    configuration.s3a().forEach(hadoop::set);
    this.configuration = configuration;
    this.lake = lake;
    this.parquet = new ParquetSnapshot(hadoop);
  }

  List<Output> report(Manifest manifest) {
    TableContracts contracts =
        lake.contractsOf(manifest, TableContracts.load(configuration.contractsDirectory()));
    return outputs(
        new ReportRun(session(), lake, contracts, reports(contracts)).run(manifest, output -> {}));
  }

  /** Publishes all, or only what is named. */
  public List<Output> publish(Manifest manifest, String... only) {
    SparkSession spark = session();
    TableContracts contracts =
        lake.contractsOf(manifest, TableContracts.load(configuration.contractsDirectory()));
    return outputs(
        new PublishRun(
                spark,
                lake,
                contracts,
                reports(contracts),
                Warehouses.of(configuration, spark, lake),
                Set.of(only))
            .run(manifest, output -> {}));
  }

  /** Compares the warehouse with the batch, as {@code verify --warehouse} does. */
  List<Finding> parity(Manifest manifest) {
    SparkSession spark = session();
    TableContracts contracts =
        lake.contractsOf(manifest, TableContracts.load(configuration.contractsDirectory()));
    return new ParityRun(
            spark,
            lake,
            contracts,
            reports(contracts),
            Warehouses.of(configuration, spark, lake).orElseThrow())
        .run(manifest, finding -> {})
        .findings();
  }

  private static List<Output> outputs(Outcome outcome) {
    assertThat(outcome.warnings()).isEmpty();
    assertThat(outcome.failure()).isEmpty();
    return outcome.outputs();
  }

  private Reports reports(TableContracts contracts) {
    return Reports.load(configuration.reportsDirectory(), contracts);
  }

  private static SparkSession session() {
    return TestStack.get().spark().newSession();
  }

  /** Requires that reports and snapshots of a batch are what the oracle says. */
  void requireFiles(Manifest manifest, OracleState expected) {
    requireReports(manifest, expected);
    BASE_TABLES.forEach(table -> requireSnapshot(manifest, expected, table));
  }

  /** Requires that the reports of a batch are what the oracle says. */
  public void requireReports(Manifest manifest, OracleState expected) {
    for (Report report : Report.values()) {
      TableComparison.assertSameInOrder(
          manifest.batch() + " " + report.table(),
          report.key(),
          reportRows(manifest, expected, report),
          CsvRows.read(csv(manifest, report.table()), report.columns()));
    }
  }

  /** Requires that a table's snapshot of a batch is what the oracle says. */
  public void requireSnapshot(Manifest manifest, OracleState expected, SourceTable table) {
    TableComparison.assertSame(
        manifest.batch() + " snapshot of " + table.table(),
        KeyedRows.published(expected.rows(table.table())),
        parquet.rows(
            lake.layout().root()
                + "/"
                + lake.layout().snapshotFolder(table.table(), manifest.businessDate()),
            table.key()));
  }

  /** Requires that the warehouse holds what the oracle says of a batch. */
  void requireWarehouse(Manifest manifest, OracleState expected) throws SQLException {
    for (SourceTable table : BASE_TABLES) {
      requireLoaded(manifest, expected, table);
    }
    requireLoadedReports(manifest, expected);
  }

  /** Requires that a warehouse table holds what the oracle says of a batch. */
  public void requireLoaded(Manifest manifest, OracleState expected, SourceTable table)
      throws SQLException {
    try (Connection connection = connect()) {
      TableComparison.assertSame(
          manifest.batch() + " in the warehouse: " + table.table(),
          KeyedRows.published(expected.rows(table.table())),
          new JdbcTable(connection).rows(warehouse(table.table()), table.key()));
    }
  }

  /** Requires that the warehouse's reports are what the oracle says of a batch. */
  public void requireLoadedReports(Manifest manifest, OracleState expected) throws SQLException {
    try (Connection connection = connect()) {
      for (Report report : Report.values()) {
        TableComparison.assertSame(
            manifest.batch() + " in the warehouse: " + report.table(),
            KeyedRows.of(report.key(), reportRows(manifest, expected, report)),
            new JdbcTable(connection).rows(warehouse(report.table()), report.key()));
      }
    }
  }

  private static List<SortedMap<String, Object>> reportRows(
      Manifest manifest, OracleState expected, Report report) {
    return new ReportOracle(expected.rows(), manifest.businessDate()).rows(report);
  }

  /** All files under {@code data/final} of a batch's date, by their paths. */
  public SortedMap<String, String> files(Manifest manifest) {
    SortedMap<String, String> files = new TreeMap<>();
    for (Report report : Report.values()) {
      add(files, lake.layout().reportFolder(report.table(), manifest.businessDate()));
    }
    for (SourceTable table : BASE_TABLES) {
      add(files, lake.layout().snapshotFolder(table.table(), manifest.businessDate()));
    }
    add(files, lake.layout().dashboardFolder(manifest.businessDate()));
    return files;
  }

  private void add(SortedMap<String, String> files, String folder) {
    for (String name : lake.files().list(folder)) {
      byte[] content = lake.files().read(folder + "/" + name).orElseThrow();
      files.put(folder + "/" + name, dev.changelake.compact.output.Inputs.sha256(content));
    }
  }

  /** Whether a batch has written files to a folder. */
  boolean hasFiles(String path, PlanName plan) {
    return lake.files().list(path).stream().anyMatch(name -> name.contains("-" + plan + "-"));
  }

  public void deleteFiles(Manifest manifest) {
    files(manifest).keySet().forEach(lake.outputs()::delete);
    assertThat(files(manifest)).isEmpty();
  }

  byte[] csv(Manifest manifest, String report) {
    String folder = lake.layout().reportFolder(report, manifest.businessDate());
    List<String> parts =
        lake.files().list(folder).stream().filter(name -> name.endsWith(".csv")).toList();
    assertThat(parts).as(folder).hasSize(1);
    return lake.files().read(folder + "/" + parts.get(0)).orElseThrow();
  }

  /** A warehouse table's name after its schema's. */
  public String warehouse(String table) {
    return configuration.warehouseSchema() + "." + table;
  }

  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(configuration.warehouseJdbc());
    return DriverManager.getConnection(configuration.warehouseUrl().orElseThrow(), properties);
  }
}
