package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A PostgreSQL server with one user and one database, both created at its first start. */
final class PostgresService implements Service {
  static final String DATABASE = "b2b";
  private static final String LOG = "postgres.log";
  private static final String WRONG_PASSWORD = "28P01";
  private static final String CONNECT_SECONDS = "5";

  private final Path folder;
  private final Path cache;
  private final int port;
  private final PostgresCredentials credentials;
  private final Path log;
  private PostgresServer server;

  PostgresService(StackDirectory directory, int port, PostgresCredentials credentials) {
    this.folder = directory.postgres();
    this.cache = directory.cache();
    this.port = port;
    this.credentials = credentials;
    this.log = directory.logs().resolve(LOG);
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  /** Ends a server that outlived its daemon; its port is free then. */
  static void endLeftover(StackDirectory directory) throws IOException, InterruptedException {
    Path data = data(directory.postgres());
    Optional<PostgresLeftover> leftover = PostgresLeftover.find(data);
    if (leftover.isPresent()) {
      PostgresBinaries binaries = PostgresBinaries.unpacked(directory.cache());
      leftover.get().end(binaries, PostgresUser.of(directory.postgres()), data);
    }
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  @Override
  public ServiceDescription describe() {
    return new ServiceDescription(ServiceKind.POSTGRES, port, LOG);
  }

  @Override
  public void start() throws Exception {
    PostgresUser user = PostgresUser.of(folder);
    PostgresBinaries binaries = PostgresBinaries.unpacked(cache);
    if (!Files.exists(data())) {
      initialise(binaries, user);
    }
    server = PostgresServer.start(binaries, user, data(), port, log);
  }

  @Override
  public void awaitReady(Duration limit) throws Exception {
    Deadline deadline = Deadline.in(limit);
    while (!answers("postgres")) {
      if (!server.isAlive()) {
        throw ended();
      }
      if (deadline.passed()) {
        throw new IOException("PostgreSQL did not answer a query, see " + log);
      }
      deadline.pause();
    }
    createDatabase();
    if (!answers(DATABASE)) {
      throw new IOException("The database %s did not answer a query".formatted(DATABASE));
    }
  }

  @Override
  public void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  boolean isAlive() {
    return server != null && server.isAlive();
  }

  private Path data() {
    return data(folder);
  }

  /** Under another name until it is whole: a start that was killed is repeated. */
  private void initialise(PostgresBinaries binaries, PostgresUser user)
      throws IOException, InterruptedException {
    Path unfinished = folder.resolve("data-unfinished");
    PostgresBinaries.delete(unfinished);
    Process process =
        user.process(
                binaries.command(
                    "initdb",
                    "--pgdata=" + unfinished,
                    "--username=" + PostgresCredentials.USER,
                    "--pwfile=/dev/stdin",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions"))
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write((credentials.password() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It ended before it read; what it printed tells why.
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw user.failed("initdb ended with exit code %d:\n%s".formatted(code, output.strip()));
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean answers(String database) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      return result.next();
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new ChangelakeException(
                ErrorCategory.USAGE,
                "PostgreSQL refuses the stack's own password.",
                "postgres-credentials.properties does not belong to the data in " + folder + ".",
                "Put the right file back; or, without need for the data, delete that folder.")
            .causedBy(e);
      }
      return false;
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet found =
          statement.executeQuery(
              "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresCredentials.USER);
    properties.setProperty("password", credentials.password());
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", CONNECT_SECONDS);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
  }

  private IOException ended() throws IOException {
    String output = server.output();
    if (output.contains("Address already in use")) {
      return new BindException("PostgreSQL's port %d is taken".formatted(port));
    }
    List<String> lines = output.strip().lines().toList();
    return new IOException(
        "PostgreSQL ended: "
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
  }
}
