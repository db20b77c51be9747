package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL by itself, in a folder with a space in its name. */
class PostgresServiceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PostgresCredentials CREDENTIALS = new PostgresCredentials("hunter2");

  @TempDir private Path temporary;
  private final List<PostgresService> services = new ArrayList<>();
  private StackDirectory directory;

  @BeforeEach
  void choose() {
    directory = new StackDirectory(temporary.resolve("a stack"));
    directory.prepare();
  }

  @AfterEach
  void stop() throws Exception {
    for (PostgresService service : services) {
      service.stop();
    }
  }

  @Test
  void letsNobodyInWithoutItsPassword() throws Exception {
    // given
    int port = start(CREDENTIALS);

    // then
    assertThat(ask(port, "hunter2", "SELECT current_database()")).isEqualTo("b2b");
    assertThat(ask(port, "hunter2", "SHOW wal_level")).isEqualTo("logical");
    assertThat(ask(port, "hunter2", "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    for (String wrong : List.of("hunter3", "")) {
      assertThatThrownBy(() -> ask(port, wrong, "SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThat(
            ask(port, "hunter2", "SELECT rolpassword FROM pg_authid WHERE rolname = current_user"))
        .startsWith("SCRAM-SHA-256$");
    assertThat(
            ask(
                port,
                "hunter2",
                "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
        .isEqualTo("0");
  }

  @Test
  void aPasswordThatIsNotTheFoldersIsExplained() throws Exception {
    // given
    start(CREDENTIALS);
    services.get(0).stop();

    // then
    assertThatThrownBy(() -> start(new PostgresCredentials("hunter3")))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("refuses the stack's own password")
        .hasMessageNotContaining("hunter3");
  }

  @Test
  void takesOverFromAServerThatWasLeftRunning() throws Exception {
    // given
    int first = start(CREDENTIALS);
    ask(first, "hunter2", "CREATE TABLE kept AS SELECT 7 AS id; SELECT 1");

    // when
    int second = start(CREDENTIALS);

    // then
    assertThat(ask(second, "hunter2", "SELECT id FROM kept")).isEqualTo("7");
    assertThat(services.get(0).isAlive()).isFalse();
    assertThat(services.get(1).isAlive()).isTrue();
  }

  @Test
  void takesOverFromAServerThatWasStartedBeforeTheClockWasSet() throws Exception {
    // given
    start(CREDENTIALS);
    Path file = directory.postgres().resolve("data/postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, String.valueOf(Long.parseLong(lines.get(2).trim()) - 3600));
    Files.write(file, lines);

    // when
    int second = start(CREDENTIALS);

    // then
    assertThat(ask(second, "hunter2", "SELECT 1")).isEqualTo("1");
    assertThat(services.get(0).isAlive()).isFalse();
  }

  @Test
  void aForeignProcessWithTheOldServersIdDoesNoHarm() throws Exception {
    // given
    start(CREDENTIALS);
    services.get(0).stop();
    Files.writeString(
        directory.postgres().resolve("data/postmaster.pid"),
        "%d\n%s\n1000000000\n5432\n".formatted(ProcessHandle.current().pid(), directory.path()));

    // when
    int port = start(CREDENTIALS);

    // then
    assertThat(ask(port, "hunter2", "SELECT 1")).isEqualTo("1");
  }

  @Test
  void whatAnInterruptedFirstStartLeftIsNoObstacle() throws Exception {
    // given
    for (String left : List.of("cache/unfinished/bin", "postgres/data-unfinished/base")) {
      Files.createDirectories(directory.path().resolve(left));
    }

    // when
    int port = start(CREDENTIALS);

    // then
    assertThat(ask(port, "hunter2", "SELECT 1")).isEqualTo("1");
    assertThat(directory.cache()).isDirectoryNotContaining("glob:**unfinished*");
    assertThat(directory.postgres()).isDirectoryNotContaining("glob:**unfinished*");
  }

  @Test
  void aTakenPortIsToldApart() throws Exception {
    // given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PostgresService service = service(CREDENTIALS, taken.getLocalPort());

      // then
      service.start();
      assertThatThrownBy(() -> service.awaitReady(LIMIT)).isInstanceOf(BindException.class);
    }
  }

  private int start(PostgresCredentials credentials) throws Exception {
    PostgresService.endLeftover(directory);
    int port = Ports.USUAL.orFree().postgres();
    PostgresService service = service(credentials, port);
    service.start();
    service.awaitReady(LIMIT);
    return port;
  }

  private PostgresService service(PostgresCredentials credentials, int port) {
    PostgresService service = new PostgresService(directory, port, credentials);
    services.add(service);
    return service;
  }

  private static String ask(int port, String password, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                PostgresService.url(port), PostgresCredentials.USER, password);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
