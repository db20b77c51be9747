package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A dialect that tells how long each step of one load took. */
final class TimedDialect implements Dialect {
  private final Dialect dialect;
  private final Map<Step, Long> nanos = new EnumMap<>(Step.class);
  private long filesSince;

  /** The steps of a load. */
  enum Step {
    /** Spark makes the rows and writes them as files. */
    FILES,
    COPY,
    DELETE,
    INSERT,
    COUNT,
    COMMIT
  }

  TimedDialect(Dialect dialect) {
    this.dialect = dialect;
  }

  /** How many seconds a step took. */
  double seconds(Step step) {
    return nanos.getOrDefault(step, 0L) / 1e9;
  }

  /** Rows that are asked for when files are about to be written. */
  Supplier<Dataset<Row>> rows(Supplier<Dataset<Row>> rows) {
    return () -> {
      filesSince = System.nanoTime();
      return rows.get();
    };
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = dialect.open();
    return proxy(
        Connection.class,
        connection,
        (name, arguments, call) -> {
          // The first thing asked of the database once the files are written.
          if (name.equals("createStatement") && filesSince != 0) {
            add(Step.FILES, filesSince);
            filesSince = 0;
          }
          if (name.equals("commit")) {
            return timed(Step.COMMIT, call);
          }
          Object result = call.get();
          return result instanceof Statement statement && name.equals("createStatement")
              ? timed(statement)
              : result;
        });
  }

  private Statement timed(Statement statement) {
    return proxy(
        Statement.class,
        statement,
        (name, arguments, call) -> {
          String sql = name.startsWith("execute") ? (String) arguments[0] : "";
          if (sql.startsWith("DELETE")) {
            return timed(Step.DELETE, call);
          }
          if (sql.startsWith("INSERT")) {
            return timed(Step.INSERT, call);
          }
          return sql.startsWith("SELECT count") ? timed(Step.COUNT, call) : call.get();
        });
  }

  @Override
  public void copy(Connection connection, String table, LoadFiles files)
      throws SQLException, IOException {
    long start = System.nanoTime();
    dialect.copy(connection, table, files);
    add(Step.COPY, start);
  }

  private Object timed(Step step, Call call) throws Throwable {
    long start = System.nanoTime();
    Object result = call.get();
    add(step, start);
    return result;
  }

  private void add(Step step, long start) {
    nanos.merge(step, System.nanoTime() - start, Long::sum);
  }

  private interface Call {
    Object get() throws Throwable;
  }

  private interface Interception {
    Object invoke(String name, Object[] arguments, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Interception interception) {
    return type.cast(
        Proxy.newProxyInstance(
            TimedDialect.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return interception.invoke(
                    method.getName(), arguments, () -> method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public CellText text(Column column) {
    return dialect.text(column);
  }

  @Override
  public String type(Column column) {
    return dialect.type(column);
  }

  @Override
  public String tableOptions(WarehouseTable table) {
    return dialect.tableOptions(table);
  }

  @Override
  public void takeTurns(Connection connection) throws SQLException {
    dialect.takeTurns(connection);
  }

  @Override
  public String lock(String table) {
    return dialect.lock(table);
  }

  @Override
  public void change(Connection connection, String name, WarehouseTable table, Column column)
      throws SQLException {
    dialect.change(connection, name, table, column);
  }

  @Override
  public String byteOrder() {
    return dialect.byteOrder();
  }

  @Override
  public String insertOrder(WarehouseTable table) {
    return dialect.insertOrder(table);
  }

  @Override
  public String remedy() {
    return dialect.remedy();
  }
}
