package dev.changelake.compact.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A reverse proxy before the object store, with faults.
 *
 * <p>It passes the client's Host header on, which the client's signature covers, so that the store
 * checks signatures as ever.
 */
public final class FaultProxy implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final URI upstream;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private FaultProxy(HttpServer server, URI upstream) {
    this.server = server;
    this.upstream = upstream;
  }

  /** A request as it came. */
  public record Request(
      String method, String path, Map<String, List<String>> headers, byte[] body) {
    public boolean isSwap() {
      return method.equals("PUT")
          && headers.keySet().stream().anyMatch("If-Match"::equalsIgnoreCase);
    }

    public boolean isConditionalPut() {
      return method.equals("PUT")
          && headers.keySet().stream().anyMatch("If-None-Match"::equalsIgnoreCase);
    }
  }

  /** An answer as it goes back. */
  public record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    /** An S3 error. */
    public static Answer error(int status, String code) {
      String body = "<Error><Code>%s</Code><Message>injected</Message></Error>".formatted(code);
      return new Answer(
          status,
          List.of(Map.entry("Content-Type", "application/xml")),
          body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Passes a request to the store. */
  public interface Store {
    Answer forward(Request request) throws IOException;
  }

  /** What happens to a request; an empty answer closes the connection without a word. */
  public interface Fault {
    Optional<Answer> apply(Request request, Store store) throws IOException;
  }

  private record Rule(Predicate<Request> when, AtomicInteger left, Fault fault) {}

  /** Starts a proxy on a free port. */
  public static FaultProxy start(String upstream) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FaultProxy proxy = new FaultProxy(server, URI.create(upstream));
      server.createContext("/", proxy::handle);
      server.setExecutor(proxy.threads);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Applies the fault to so many requests from now on. */
  public void inject(Predicate<Request> when, int times, Fault fault) {
    rules.add(new Rule(when, new AtomicInteger(times), fault));
  }

  /** From now on all requests pass. */
  public void heal() {
    rules.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toASCIIString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      Optional<Answer> answer = faultFor(request).apply(request, this::forward);
      if (answer.isPresent()) {
        send(exchange, answer.get());
      }
    }
  }

  private Fault faultFor(Request request) {
    return rules.stream()
        .filter(rule -> rule.when().test(request) && rule.left().getAndDecrement() > 0)
        .findFirst()
        .map(Rule::fault)
        .orElse((passed, store) -> Optional.of(store.forward(passed)));
  }

  /** HTTP 1.0, so that the answer is neither chunked nor kept alive. */
  private Answer forward(Request request) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.0\r\n".formatted(request.method(), request.path()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!List.of("connection", "expect", "transfer-encoding", "content-length")
                  .contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> head.append("%s: %s\r\n".formatted(name, value)));
              }
            });
    head.append("Content-Length: %d\r\n\r\n".formatted(request.body().length));
    try (Socket socket = new Socket(upstream.getHost(), upstream.getPort())) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(request.body());
      socket.getOutputStream().write(bytes.toByteArray());
      socket.getOutputStream().flush();
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer parse(byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("The store gave no answer");
    }
    String[] lines = text.substring(0, end).split("\r\n");
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(":", 2);
      headers.add(Map.entry(header[0], header[1].strip()));
    }
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    for (Map.Entry<String, String> header : answer.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean ours = name.equals("connection") || (name.equals("content-length") && !head);
      if (!ours) {
        exchange.getResponseHeaders().add(header.getKey(), header.getValue());
      }
    }
    boolean empty = head || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
