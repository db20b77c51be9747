package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminPasswordTest {
  @TempDir private Path home;
  @TempDir private Path otherHome;

  private HttpServer page;

  @BeforeEach
  void begin() throws IOException {
    AdminPassword.writeIfAbsent(home);
    AdminPassword.writeIfAbsent(otherHome);
    page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String mine = password(home);
    page.createContext(
        "/auth/token",
        exchange -> {
          boolean known =
              new JsonMapper()
                  .readTree(exchange.getRequestBody())
                  .path("password")
                  .asText()
                  .equals(mine);
          exchange.sendResponseHeaders(known ? 201 : 401, -1);
          exchange.close();
        });
    page.start();
  }

  @AfterEach
  void end() {
    page.stop(0);
  }

  @Test
  void opens_the_page_of_its_own_airflow_alone() throws Exception {
    // when
    boolean own = AdminPassword.opens(home, page.getAddress().getPort());
    boolean another = AdminPassword.opens(otherHome, page.getAddress().getPort());

    // then
    assertThat(own).isTrue();
    assertThat(another).isFalse();
  }

  @Test
  void is_made_up_once() throws IOException {
    // given
    String first = password(home);

    // when
    AdminPassword.writeIfAbsent(home);

    // then
    assertThat(password(home)).isEqualTo(first).isNotEqualTo(password(otherHome)).hasSize(32);
  }

  private static String password(Path home) throws IOException {
    return new JsonMapper()
        .readTree(Files.readAllBytes(AdminPassword.file(home)))
        .get("admin")
        .asText();
  }
}
