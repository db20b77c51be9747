package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.changelog.SparkTypes;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.TableContent.Predecessor;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.result.Load;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.config.Configuration;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.RedshiftHints;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Loads rows that a test says into a warehouse, and reads the tables by PostgreSQL's own eyes. */
final class LoadsUnderTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);

  private final TestStack stack = TestStack.get();
  private final Configuration configuration;
  private final Lake lake;

  /**
   * Loads into a schema of their own.
   *
   * @param warehouse entries that name it; empty for the stack's PostgreSQL
   */
  LoadsUnderTest(Map<String, String> warehouse) {
    Map<String, String> entries = new HashMap<>(stack.freshBucket(warehouse));
    this.configuration = stack.configuration(entries);
    this.lake = Lake.open(configuration, stack.spark(), Clock.systemUTC());
  }

  private LoadsUnderTest(Configuration configuration, Lake lake) {
    this.configuration = configuration;
    this.lake = lake;
  }

  /** The same warehouse, loaded from a lake whose files pass through another's hands. */
  LoadsUnderTest through(UnaryOperator<OutputFiles> other) {
    return new LoadsUnderTest(
        configuration,
        new Lake(
            lake.id(),
            lake.layout(),
            lake.files(),
            other.apply(lake.outputs()),
            lake.plans(),
            lake.batches(),
            lake.results(),
            lake.retention(),
            lake.clock()));
  }

  /** The same warehouse, loaded from another lake. */
  LoadsUnderTest ofAnotherLake() {
    Map<String, String> entries = new HashMap<>(stack.freshBucket(Map.of()));
    entries.put("warehouse.schema", configuration.warehouseSchema());
    entries.put("warehouse.url", configuration.warehouseUrl().orElseThrow());
    configuration
        .warehouseJdbc()
        .forEach((key, value) -> entries.put("warehouse.jdbc." + key, value));
    configuration
        .redshiftRole()
        .ifPresent(role -> entries.put("warehouse.redshift.iam-role", role));
    Configuration other = stack.configuration(entries);
    return new LoadsUnderTest(other, Lake.open(other, stack.spark(), Clock.systemUTC()));
  }

  static Column column(String name, String type, boolean nullable, String warehouse) {
    return new Column(
        name,
        ColumnType.parse(type),
        nullable,
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.ofNullable(warehouse),
        "");
  }

  /** A table with a key, a name of at most five characters and a price. */
  static WarehouseTable items(String name) {
    return table(
        name,
        column("id", "bigint", false, null),
        column("name", "string", true, "varchar(5)"),
        column("price", "decimal(9,2)", true, null));
  }

  static WarehouseTable table(String name, Column... columns) {
    return new WarehouseTable(
        name, List.of(columns), List.of(columns[0].name()), RedshiftHints.NONE);
  }

  static Row row(Object... cells) {
    return RowFactory.create(cells);
  }

  /** All rows of a batch, as the batch before it is not known. */
  TableContent content(WarehouseTable table, long n, String inputs, Row... rows) {
    return new TableContent(
        published(n, inputs, rows.length), () -> rows(table, rows), Optional.empty());
  }

  /** All rows of a batch, and what changed since the one before, which had inputs. */
  TableContent content(
      WarehouseTable table, long n, String inputs, List<Row> rows, String before, Row... changes) {
    return new TableContent(
        published(n, inputs, rows.size()),
        () -> rows(table, rows.toArray(Row[]::new)),
        Optional.of(new Predecessor(n - 1, before, () -> changes(table, changes))));
  }

  private static PublishedFiles published(long n, String inputs, long rows) {
    return new PublishedFiles(
        PublishedFiles.SCHEMA_VERSION,
        new PlanName(n, 0),
        new BatchId(DATE.plusDays(n).toString()),
        DATE.plusDays(n),
        inputs,
        List.of(new OutputPart("part", 1, "hash", rows)));
  }

  private Dataset<Row> rows(WarehouseTable table, Row... rows) {
    return stack
        .spark()
        .createDataFrame(Arrays.asList(rows), SparkTypes.nullableStruct(table.columns()))
        .repartition(2);
  }

  private Dataset<Row> changes(WarehouseTable table, Row... rows) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField(RowChange.COLUMN, DataTypes.StringType, false));
    fields.addAll(Arrays.asList(SparkTypes.nullableStruct(table.columns()).fields()));
    return stack
        .spark()
        .createDataFrame(Arrays.asList(rows), new StructType(fields.toArray(StructField[]::new)));
  }

  Output load(WarehouseTable table, TableContent content) {
    return Warehouses.of(configuration, stack.spark(), lake).orElseThrow().load(table, content);
  }

  /** Loads what must be written, and tells how. */
  Load written(WarehouseTable table, TableContent content) {
    Output output = load(table, content);
    assertThat(output.outcome()).isEqualTo(Output.Outcome.WRITTEN);
    return output.load().orElseThrow();
  }

  /** A table that the first batch gave one row. */
  WarehouseTable oldRow(String name) {
    WarehouseTable items = items(name);
    written(items, content(items, 1, "a", row(1L, "old", new BigDecimal("1.00"))));
    return items;
  }

  /** Compares a table with the rows of a batch. */
  Parity compare(WarehouseTable table, long n, String inputs, Row... rows) {
    return Warehouses.of(configuration, stack.spark(), lake)
        .orElseThrow()
        .compare(table, n, inputs, () -> rows(table, rows));
  }

  /** A table's rows as text, in the key's order. */
  List<String> rows(WarehouseTable table) throws SQLException {
    return strings(
        "SELECT t::text FROM %s t ORDER BY %s"
            .formatted(name(table.name()), table.columnNames().get(0)));
  }

  /** Which batches the audit names for a table. */
  List<String> audits(WarehouseTable table) throws SQLException {
    return strings(
        "SELECT n::text FROM %s WHERE table_name = '%s' ORDER BY n"
            .formatted(name("changelake_loads"), table.name()));
  }

  String name(String table) {
    return configuration.warehouseSchema() + "." + table;
  }

  List<String> strings(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> strings = new ArrayList<>();
      while (found.next()) {
        strings.add(found.getString(1));
      }
      return strings;
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A connection to the PostgreSQL that keeps the tables. */
  Connection connect() throws SQLException {
    Configuration own = stack.configuration(Map.of("lake.bucket", "any"));
    Properties properties = new Properties();
    properties.putAll(own.warehouseJdbc());
    properties.put("options", "-c TimeZone=UTC");
    return DriverManager.getConnection(own.warehouseUrl().orElseThrow(), properties);
  }

  /** The files that loads left beside the lake's data. */
  List<String> leftFiles() throws IOException {
    Path aside = new Path(lake.layout().root() + "/data/_changelake/aside");
    FileSystem files = aside.getFileSystem(stack.spark().sparkContext().hadoopConfiguration());
    List<String> left = new ArrayList<>();
    if (files.exists(aside)) {
      RemoteIterator<LocatedFileStatus> found = files.listFiles(aside, true);
      while (found.hasNext()) {
        left.add(found.next().getPath().toString());
      }
    }
    return left;
  }
}
