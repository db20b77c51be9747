package dev.changelake.local.airflow;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.local.PrivateFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The password of Airflow's user {@code admin}, in the file where Airflow's own simple
 * authorisation looks for it: made up by Airflow, it would stand in a log.
 */
final class AdminPassword {
  private static final int BYTES = 16;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final JsonMapper MAPPER = new JsonMapper();

  private AdminPassword() {}

  static Path file(Path home) {
    return home.resolve("simple_auth_manager_passwords.json.generated");
  }

  static void writeIfAbsent(Path home) throws IOException {
    if (!Files.exists(file(home))) {
      byte[] value = new byte[BYTES];
      new SecureRandom().nextBytes(value);
      PrivateFile.write(
          file(home), "{\"admin\": \"%s\"}%n".formatted(HexFormat.of().formatHex(value)));
    }
  }

  /**
   * Whether the page at a port lets {@code admin} in with it; that of another Airflow, started at
   * the same moment and faster to take the port, does not.
   */
  static boolean opens(Path home, int port) throws IOException, InterruptedException {
    String login =
        MAPPER
            .createObjectNode()
            .put("username", "admin")
            .put("password", MAPPER.readTree(file(home).toFile()).path("admin").asText())
            .toString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(AirflowSettings.url(port) + "/auth/token"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(login))
            .build();
    int status =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build()
            .send(request, BodyHandlers.discarding())
            .statusCode();
    return status == HttpURLConnection.HTTP_CREATED || status == HttpURLConnection.HTTP_OK;
  }
}
