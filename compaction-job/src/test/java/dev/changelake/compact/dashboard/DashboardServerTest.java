package dev.changelake.compact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.error.ChangelakeException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServerTest {
  private final DashboardLake lake = new DashboardLake();
  private Manifest manifest;
  private DashboardServer server;

  @BeforeEach
  void serves() throws IOException {
    manifest = lake.batch(2, "2020-06-22");
    lake.reports(manifest);
    new DashboardRun(lake.lake).run(manifest);
    lake.files.put("data/final/dashboard/secret.html", "secret".getBytes(StandardCharsets.UTF_8));
    server = DashboardServer.start(lake.lake, 0);
  }

  @AfterEach
  void ends() {
    server.close();
  }

  @Test
  void servesThePageAndTheIndex() throws IOException {
    // given
    URI page = server.address(new DashboardPages(lake.lake).of(manifest));

    // when
    String answer = get(page.getPath());

    // then
    assertThat(page.getHost()).isEqualTo("127.0.0.1");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Content-type: text/html; charset=utf-8")
        .endsWith(lake.page());
    assertThat(get("/dashboard/index.html")).endsWith(lake.index());
    assertThat(get("/"))
        .startsWith("HTTP/1.1 302")
        .containsIgnoringCase("Location: /dashboard/index.html");
  }

  @Test
  void servesTheReportsThatPagesLeadTo() throws IOException {
    // given
    String folder = "/report=total_leads/2020-06-22/";
    String csv =
        lake.files.list("data/final" + folder.substring(0, folder.length() - 1)).stream()
            .filter(name -> name.endsWith(".csv"))
            .findFirst()
            .orElseThrow();

    // when, then
    assertThat(get(folder + csv)).startsWith("HTTP/1.1 200").endsWith(DashboardLake.LEADS);
    assertThat(lake.page()).contains("href=\"../../report&#x3D;total_leads/2020-06-22/" + csv);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/dashboard/../../_changelake/lake.json",
        "/dashboard/%2e%2e/%2e%2e/_changelake/lake.json",
        "/dashboard/2020-06-22/..%2f..%2f..%2f_changelake%2flake.json",
        "/dashboard/secret.html",
        "/dashboard/2020-06-22/_SUCCESS",
        "/dashboard/",
        "/dashboard/index.html/",
        "//dashboard/index.html",
        "/table=orders/2020-06-22/part-00000-00000002.000-aaaaaaaa.snappy.parquet",
        "/dashboard/2020-06-22/part-00000-00000002.000-aaaaaaaa.html"
      })
  void nothingElseIsServed(String path) throws IOException {
    assertThat(get(path)).startsWith("HTTP/1.1 404").doesNotContain("secret");
  }

  @Test
  void aForeignNameIsRefused() throws IOException {
    assertThat(ask("GET", "/dashboard/index.html", "evil.example")).startsWith("HTTP/1.1 421");
  }

  @Test
  void nothingCanBeWritten() throws IOException {
    assertThat(ask("DELETE", "/dashboard/index.html", host())).startsWith("HTTP/1.1 405");
    assertThat(ask("HEAD", "/dashboard/index.html", host()))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aPortThatIsTakenIsTold() {
    // given
    int taken = server.address("data/final/").getPort();

    // when, then
    assertThatThrownBy(() -> DashboardServer.start(lake.lake, taken))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("The port %d of 127.0.0.1 cannot be used.".formatted(taken))
        .hasMessageContaining("--port");
  }

  private String get(String path) throws IOException {
    return ask("GET", path, host());
  }

  private String host() {
    return "127.0.0.1:" + server.address("data/final/").getPort();
  }

  /** Asks without a client that would tidy up the path. */
  private String ask(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address("data/final/").getPort())) {
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
