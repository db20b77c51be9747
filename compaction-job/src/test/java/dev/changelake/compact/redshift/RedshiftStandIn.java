package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.BackendLogin.Backend;
import dev.changelake.compact.redshift.BackendLogin.RefusedException;
import dev.changelake.compact.redshift.StandInSession.StandInEvents;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A stand-in for Amazon Redshift: Redshift's own driver connects to it, PostgreSQL does the work.
 *
 * <p>It knows COPY of CSV from S3 by role, Redshift's definitions of tables, lengths in bytes, keys
 * that are not enforced, and refuses what Redshift lacks. It is stricter than Redshift where
 * Redshift's documentation is silent. Names are folded to lower case, quoted or not, as Redshift
 * does unless {@code enable_case_sensitive_identifier} is on, which is not imitated.
 *
 * <p>It does not imitate:
 *
 * <ul>
 *   <li>distribution, sorting and encoding, which are read and dropped, and with them every speed;
 *   <li>isolation: transactions see one snapshot (PostgreSQL's repeatable read, which LOCK does not
 *       begin), but Redshift's serializable check and its error 1023 there is not, and a conflict
 *       is PostgreSQL's 40001;
 *   <li>system tables and views (SVV, STL, SYS, {@code pg_table_def}): why a COPY failed is the
 *       error's detail, and the driver's own metadata, which asks them, fails; of the catalog
 *       {@code format_type} alone speaks of Redshift's types; a varbyte column of a result is
 *       PostgreSQL's bytea, whose text begins with {@code \x};
 *   <li>COPY: Parquet, other formats than CSV, MAXERROR, most options, Redshift's own guesses of
 *       times (they are PostgreSQL's), limits of rows and files; the region is not looked at;
 *   <li>what runs on the leader node alone: it runs here beside tables too, unless refused by name;
 *       functions that PostgreSQL has and Redshift lacks are refused only if they are on a list;
 *   <li>lengths in bytes of tables made by CREATE TABLE AS; IDENTITY, VACUUM, UNLOAD, procedures,
 *       external schemas, materialized views, datashares, users and groups;
 *   <li>the binary protocol of Redshift: it says that it speaks the base one.
 * </ul>
 */
public final class RedshiftStandIn implements AutoCloseable {
  private static final String USER = "loader";
  private static final Set<String> SETTINGS =
      Set.of("client_encoding", "DateStyle", "TimeZone", "extra_float_digits");

  private final ServerSocket server;
  private final BackendLogin login;
  private final BackendObjects objects;
  private final S3Client s3;
  private final Set<String> roles;
  private final String password = UUID.randomUUID().toString();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Wire> open = ConcurrentHashMap.newKeySet();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicBoolean drop = new AtomicBoolean();
  private final AtomicReference<Hold> nextHold = new AtomicReference<>();
  private volatile Hold hold = new Hold();

  private RedshiftStandIn(ServerSocket server, BackendLogin login, S3Client s3, Set<String> roles) {
    this.server = server;
    this.login = login;
    this.objects = new BackendObjects(login);
    this.s3 = s3;
    this.roles = roles;
  }

  private static final class Hold {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
  }

  /** Starts one on a free port, in front of the stack's warehouse; COPY may use these roles. */
  public static RedshiftStandIn start(TestStack stack, String... iamRoles) {
    Map<String, String> entries = stack.entries(Map.of());
    BackendLogin login =
        new BackendLogin(
            entries.get("warehouse.url"),
            entries.get("warehouse.jdbc.user"),
            entries.get("warehouse.jdbc.password"));
    try {
      ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      RedshiftStandIn standIn = new RedshiftStandIn(server, login, stack.s3(), Set.of(iamRoles));
      standIn.objects.create();
      standIn.threads.execute(standIn::accept);
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver takes. */
  public String url() {
    return "jdbc:redshift://127.0.0.1:%d/%s".formatted(server.getLocalPort(), login.database());
  }

  /** The driver's properties: who may come in, and that nothing is encrypted. */
  public Map<String, String> jdbc() {
    return Map.of("user", USER, "password", password, "ssl", "false");
  }

  /** All SQL that clients sent. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** The connection that copies next is lost once its COPY is answered. */
  public void dropConnectionAfterNextCopy() {
    drop.set(true);
  }

  /** The connection that copies next waits, its COPY answered, for {@link #release}. */
  public void holdAfterNextCopy() {
    hold = new Hold();
    nextHold.set(hold);
  }

  /** Waits until a COPY is held. */
  public void awaitHeld() throws InterruptedException {
    hold.reached.await();
  }

  /** Lets the held connection go on. */
  public void release() {
    hold.released.countDown();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // Closed, by the test's end.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (Wire client = new Wire(socket)) {
      open.add(client);
      WireMessage first = ClientLogin.first(client);
      if (first.buffer().getInt() == ClientLogin.CANCEL_REQUEST) {
        cancel(first);
        return;
      }
      Map<String, String> parameters = ClientLogin.parameters(first);
      if (new ClientLogin(USER, password).admits(client, parameters.get("user"))) {
        serve(client, parameters);
      }
    } catch (IOException e) {
      // One of both sides has gone; the other one sees its connection close.
    } finally {
      open.removeIf(wire -> wire.isClosed());
    }
  }

  private void serve(Wire client, Map<String, String> parameters) throws IOException {
    Map<String, String> settings = new HashMap<>(parameters);
    settings.keySet().retainAll(SETTINGS);
    settings.put("default_transaction_isolation", "repeatable read");
    settings.put("database", parameters.getOrDefault("database", USER));
    Backend backend;
    try {
      backend = login.open(settings);
    } catch (RefusedException e) {
      client.write(e.error());
      client.flush();
      return;
    }
    try (Wire wire = backend.wire()) {
      open.add(wire);
      client.write(WireMessage.of('R', 0));
      client.write(WireMessage.of('S', "server_protocol_version", "0"));
      for (WireMessage message : backend.greeting()) {
        client.write(isVersion(message) ? WireMessage.of('S', "server_version", "8.0.2") : message);
      }
      client.flush();
      BackendRelay relay = new BackendRelay(client, wire);
      CopyRun copies = new CopyRun(relay, s3, roles);
      new StandInSession(client, relay, copies, new Events(), new SqlDialect(objects::needVarbyte))
          .run();
    }
  }

  private static boolean isVersion(WireMessage message) {
    return message.type() == 'S' && WireMessage.text(message.buffer()).equals("server_version");
  }

  private void cancel(WireMessage request) throws IOException {
    try (Wire backend = new Wire(login.connect())) {
      backend.write(request);
      backend.flush();
    }
  }

  private final class Events implements StandInEvents {
    @Override
    public void statement(String sql) {
      statements.add(sql);
    }

    @Override
    public boolean goesOnAfterCopy() {
      if (drop.compareAndSet(true, false)) {
        return false;
      }
      Hold held = nextHold.getAndSet(null);
      if (held != null) {
        held.reached.countDown();
        try {
          held.released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Wire::close);
    threads.shutdownNow();
    s3.close();
  }
}
