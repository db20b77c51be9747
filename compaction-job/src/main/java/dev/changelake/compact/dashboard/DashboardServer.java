package dev.changelake.compact.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.changelake.compact.lake.Lake;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives the lake's dashboards and reports to browsers on this machine, and nothing else. */
public final class DashboardServer implements AutoCloseable {
  private static final String FINAL = "data/final";
  private static final String INDEX = "/dashboard/index.html";

  /** Names that Changelake gives; no other path is ever looked for in the lake. */
  private static final Pattern SERVED =
      Pattern.compile(
          "/dashboard/index\\.html"
              + "|/dashboard/\\d{4}-\\d{2}-\\d{2}/part-\\d{5}-[0-9.]{12}-[0-9a-f]{8}\\.html"
              + "|/report=[a-z][a-z0-9_]{0,62}/\\d{4}-\\d{2}-\\d{2}/part-\\d{5}-[0-9.]{12}-[0-9a-f]{8}\\.csv");

  private final HttpServer server;
  private final Lake lake;

  private DashboardServer(HttpServer server, Lake lake) {
    this.server = server;
    this.lake = lake;
  }

  /**
   * Starts serving on 127.0.0.1.
   *
   * @param port the port; 0 for any that is free
   * @throws ChangelakeException of category usage if the port is taken
   */
  public static DashboardServer start(Lake lake, int port) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
      DashboardServer started = new DashboardServer(server, lake);
      server.createContext("/", started::answer);
      server.start();
      return started;
    } catch (BindException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The port %d of 127.0.0.1 cannot be used.".formatted(port),
              e.getMessage() + ".",
              "Name another with --port; 0 takes any that is free.")
          .causedBy(e);
    }
  }

  /** The address of a page, by its path under the lake's root. */
  public URI address(String path) {
    return URI.create(
        "http://127.0.0.1:%d%s"
            .formatted(server.getAddress().getPort(), path.substring(FINAL.length())));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!isForUs(exchange)) {
        // A foreign page whose name leads here must not read the lake.
        say(exchange, 421, "This server answers for 127.0.0.1 and localhost alone.");
      } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        say(exchange, 405, "Pages can be read, and that is all.");
      } else if (path.equals("/")) {
        exchange.getResponseHeaders().set("Location", INDEX);
        say(exchange, 302, "The index is at " + INDEX);
      } else {
        file(exchange, path);
      }
    }
  }

  private boolean isForUs(HttpExchange exchange) {
    int port = server.getAddress().getPort();
    return Set.of("127.0.0.1:" + port, "localhost:" + port)
        .contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    Optional<byte[]> content;
    try {
      content = SERVED.matcher(path).matches() ? lake.files().read(FINAL + path) : Optional.empty();
    } catch (RuntimeException e) {
      say(exchange, 503, "The lake cannot be read: " + e.getMessage());
      return;
    }
    if (content.isEmpty()) {
      say(exchange, 404, "There is no such page; it may have been replaced. The index: " + INDEX);
      return;
    }
    send(exchange, 200, path.endsWith(".html") ? "text/html" : "text/csv", content.get());
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    // A later report may have replaced it.
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
