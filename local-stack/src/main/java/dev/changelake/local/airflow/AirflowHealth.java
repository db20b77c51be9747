package dev.changelake.local.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether Airflow's parts live, as its own {@code /api/v2/monitor/health} tells.
 *
 * @param unwell the parts that do not; empty if all is well
 */
record AirflowHealth(List<String> unwell) {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final List<String> PARTS =
      List.of("metadatabase", "scheduler", "dag_processor", "triggerer");
  private static final JsonMapper MAPPER = new JsonMapper();

  boolean isWell() {
    return unwell.isEmpty();
  }

  static AirflowHealth ask(int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(AirflowSettings.url(port) + "/api/v2/monitor/health"))
            .timeout(LIMIT)
            .build();
    try {
      String answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(LIMIT)
              .build()
              .send(request, BodyHandlers.ofString())
              .body();
      JsonNode parts = MAPPER.readTree(answer);
      List<String> unwell = new ArrayList<>(PARTS);
      unwell.removeIf(part -> parts.path(part).path("status").asText().equals("healthy"));
      return new AirflowHealth(unwell);
    } catch (IOException e) {
      return new AirflowHealth(List.of("api-server"));
    }
  }
}
