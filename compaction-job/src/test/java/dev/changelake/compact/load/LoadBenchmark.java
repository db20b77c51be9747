package dev.changelake.compact.load;

import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.load.BenchmarkOrders.Sum;
import dev.changelake.compact.load.TableContent.Predecessor;
import dev.changelake.compact.load.TimedDialect.Step;
import dev.changelake.compact.output.OutputPart;
import dev.changelake.compact.output.PublishedFiles;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.redshift.RedshiftStandIn;
import dev.changelake.compact.result.Load;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.contract.RedshiftHints;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Loads the rows of a table of the lake into the warehouse, then what differs in its next version,
 * as many rows, into PostgreSQL and into the stand-in for Redshift; beside it the same rows by
 * Spark's JDBC writer. What each table holds is compared with what it must hold.
 *
 * <p>All is done with a tenth of the rows first, so that no way pays for the JVM's start.
 */
public final class LoadBenchmark {
  private static final String ROLE = "arn:aws:iam::123456789012:role/lake";
  private static final String PLAIN = "plain, into PostgreSQL";
  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);

  private final TestStack stack;
  private final Configuration configuration;
  private final Lake lake;
  private final RedshiftStandIn redshift;
  private final WarehouseTable table;
  private final BenchmarkOrders orders;
  private final BenchmarkVersions versions;
  private final String run;
  private final List<Result> results = new ArrayList<>();

  private record Result(String way, double seconds, Optional<TimedDialect> steps) {}

  private LoadBenchmark(
      TestStack stack,
      Configuration configuration,
      Lake lake,
      RedshiftStandIn redshift,
      WarehouseTable table,
      BenchmarkOrders orders,
      String run) {
    this.stack = stack;
    this.configuration = configuration;
    this.lake = lake;
    this.redshift = redshift;
    this.table = table;
    this.orders = orders;
    this.versions = BenchmarkVersions.write(orders, lake.layout().root() + "/benchmark/" + run);
    this.run = run;
  }

  public static void main(String[] args) throws SQLException {
    long rows = Long.parseLong(args[0]);
    TestStack stack = TestStack.get();
    Configuration configuration = stack.configuration(stack.freshBucket(Map.of()));
    Lake lake = Lake.open(configuration, stack.spark(), Clock.systemUTC());
    TableContract contract = TableContracts.load(Optional.empty()).get("orders");
    WarehouseTable table =
        new WarehouseTable(
            contract.table(), contract.storedColumns(), contract.key(), RedshiftHints.NONE);
    SparkSession session = WorkSize.sessionFor(stack.spark(), rows);
    try (RedshiftStandIn redshift = RedshiftStandIn.start(stack, ROLE)) {
      long few = Math.max(10, rows / 100 * 10);
      BenchmarkOrders warming = new BenchmarkOrders(session, contract, few);
      new LoadBenchmark(stack, configuration, lake, redshift, table, warming, "warming").measure();
      BenchmarkOrders orders = new BenchmarkOrders(session, contract, rows);
      LoadBenchmark measured =
          new LoadBenchmark(stack, configuration, lake, redshift, table, orders, "measured");
      measured.measure();
      measured.print();
    }
  }

  private void measure() throws SQLException {
    read("rows read and thrown away", versions::rows);
    read("changes found and thrown away", versions::changes);
    plain(PLAIN, Map.of());
    plain("plain, reWriteBatchedInserts", Map.of("reWriteBatchedInserts", "true"));
    loads(
        "PostgreSQL",
        new PostgresDialect(
            new WarehouseConnector(
                configuration.warehouseUrl().orElseThrow(), configuration.warehouseJdbc())));
    loads(
        "Redshift's stand-in",
        new RedshiftDialect(
            new WarehouseConnector(redshift.url(), redshift.jdbc()), ROLE, Optional.empty()));
  }

  private void read(String way, Supplier<Dataset<Row>> rows) throws SQLException {
    settle();
    long start = System.nanoTime();
    rows.get().write().format("noop").mode(SaveMode.Overwrite).save();
    results.add(new Result(way, secondsSince(start), Optional.empty()));
  }

  /** Spark's JDBC writer, into a table of the same definition. */
  private void plain(String way, Map<String, String> options) throws SQLException {
    String schema = run + (options.isEmpty() ? "_plain" : "_rewritten");
    Properties properties = new Properties();
    properties.putAll(configuration.warehouseJdbc());
    properties.putAll(options);
    properties.setProperty("batchsize", "10000");
    PostgresDialect dialect = new PostgresDialect(null);
    String columns =
        table.columns().stream()
            .map(
                column ->
                    "%s %s%s"
                        .formatted(
                            column.name(),
                            dialect.type(column),
                            column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    String name = schema + "." + table.name();
    execute("CREATE SCHEMA " + schema);
    execute(
        "CREATE TABLE %s (%s, PRIMARY KEY (%s))"
            .formatted(name, columns, String.join(", ", table.key())));
    settle();
    long start = System.nanoTime();
    versions
        .rows()
        .write()
        .mode(SaveMode.Append)
        .jdbc(configuration.warehouseUrl().orElseThrow(), name, properties);
    results.add(new Result(way, secondsSince(start), Optional.empty()));
    require(way, name, orders.sum());
  }

  /** The first load, and the changes. */
  private void loads(String name, Dialect dialect) throws SQLException {
    String schema = run + "_" + dialect.name().toLowerCase(Locale.ROOT);
    String target = schema + "." + table.name();
    String way = name + ": first load";
    Load first =
        load(
            way,
            schema,
            new TimedDialect(dialect),
            timed ->
                new TableContent(
                    published(1, orders.count()), timed.rows(versions::rows), Optional.empty()));
    require(way, new Load(Load.Kind.FULL_FIRST_LOAD, orders.count(), 0, 0), first);
    require(way, target, orders.sum());

    way = name + ": changes";
    Supplier<Dataset<Row>> none =
        () -> {
          throw new IllegalStateException("The changes alone were not enough");
        };
    Load changes =
        load(
            way,
            schema,
            new TimedDialect(dialect),
            timed ->
                new TableContent(
                    published(2, orders.countAfter()),
                    none,
                    Optional.of(new Predecessor(1, "inputs 1", timed.rows(versions::changes)))));
    require(
        way,
        new Load(Load.Kind.INCREMENTAL, orders.inserted(), orders.updated(), orders.deleted()),
        changes);
    require(way, target, orders.sumAfter());
  }

  private interface Content {
    TableContent of(TimedDialect dialect);
  }

  private Load load(String way, String schema, TimedDialect dialect, Content content)
      throws SQLException {
    SqlWarehouse warehouse =
        new SqlWarehouse(
            dialect,
            schema,
            lake.id(),
            new LoadFiles.Area(
                lake.layout().root(),
                lake.outputs(),
                stack.spark().sparkContext().hadoopConfiguration()));
    settle();
    long start = System.nanoTime();
    Load load = warehouse.load(table, content.of(dialect)).load().orElseThrow();
    results.add(new Result(way, secondsSince(start), Optional.of(dialect)));
    return load;
  }

  private static PublishedFiles published(long n, long rows) {
    return new PublishedFiles(
        PublishedFiles.SCHEMA_VERSION,
        new PlanName(n, 0),
        new BatchId(DATE.plusDays(n).toString()),
        DATE.plusDays(n),
        "inputs " + n,
        List.of(new OutputPart("part", 1, "hash", rows)));
  }

  private static void require(String way, Load expected, Load load) {
    if (!load.equals(expected)) {
      throw new IllegalStateException("%s: it was %s, not %s".formatted(way, load, expected));
    }
  }

  private void require(String way, String name, Sum expected) throws SQLException {
    try (Connection connection = connect()) {
      Sum sum = BenchmarkOrders.sumOf(connection, name);
      if (!sum.equals(expected)) {
        throw new IllegalStateException(
            "%s: the table's rows are wrong: %s, not %s".formatted(way, sum, expected));
      }
    }
  }

  /** No way pays for the pages that the one before left to be written, or for its garbage. */
  private void settle() throws SQLException {
    execute("CHECKPOINT");
    System.gc();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      Sql.execute(connection, sql);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(configuration.warehouseJdbc());
    return DriverManager.getConnection(configuration.warehouseUrl().orElseThrow(), properties);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void print() {
    double plain =
        results.stream()
            .filter(result -> result.way().equals(PLAIN))
            .mapToDouble(Result::seconds)
            .findFirst()
            .orElseThrow();
    System.out.printf(
        "%-31s %7s %9s %8s %7s %7s %7s %7s %7s %7s%n",
        "", "s", "rows/s", "/ plain", "files", "COPY", "DELETE", "INSERT", "counts", "commit");
    for (Result result : results) {
      System.out.printf(
          "%-31s %7.1f %9.0f %8.2f",
          result.way(),
          result.seconds(),
          orders.count() / result.seconds(),
          result.seconds() / plain);
      result
          .steps()
          .ifPresent(
              steps -> {
                for (Step step : Step.values()) {
                  System.out.printf(" %7.1f", steps.seconds(step));
                }
              });
      System.out.println();
    }
    System.out.println("Each table has the rows that it must have.");
  }
}
