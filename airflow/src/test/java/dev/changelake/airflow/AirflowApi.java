package dev.changelake.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Airflow's public API, as its own page uses it. */
final class AirflowApi {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  /** The API of an Airflow, for the administrator whose password lies in its home. */
  AirflowApi(String url, Path home) throws IOException {
    this.url = url;
    JsonNode passwords =
        MAPPER.readTree(home.resolve("simple_auth_manager_passwords.json.generated").toFile());
    String login =
        MAPPER
            .createObjectNode()
            .put("username", "admin")
            .put("password", passwords.get("admin").asText())
            .toString();
    this.token =
        send(request("/auth/token").POST(BodyPublishers.ofString(login)))
            .get("access_token")
            .asText();
  }

  /** A task of a run. */
  record Task(
      String dag,
      String id,
      String state,
      int tries,
      Optional<Instant> start,
      Optional<Instant> end) {
    /** Whether it ran at any moment at which the other did. */
    boolean meets(Task other) {
      return start.orElseThrow().isBefore(other.end.orElseThrow())
          && other.start.orElseThrow().isBefore(end.orElseThrow());
    }
  }

  /** A run of a DAG. */
  record Run(String dag, String id, String state) {}

  void unpause(String dag) {
    send(
        request("/api/v2/dags/" + dag)
            .method("PATCH", BodyPublishers.ofString("{\"is_paused\": false}")));
  }

  /** Starts a run by hand, as the page does. */
  Run trigger(String dag, Map<String, Integer> params) {
    JsonNode run =
        send(
            request("/api/v2/dags/%s/dagRuns".formatted(dag))
                .POST(
                    BodyPublishers.ofString(
                        MAPPER
                            .createObjectNode()
                            .putNull("logical_date")
                            .set("conf", MAPPER.valueToTree(params))
                            .toString())));
    return new Run(dag, run.get("dag_run_id").asText(), run.get("state").asText());
  }

  List<Run> runs(String dag) {
    List<Run> runs = new ArrayList<>();
    get("/api/v2/dags/%s/dagRuns?order_by=run_after".formatted(dag))
        .get("dag_runs")
        .forEach(
            run ->
                runs.add(new Run(dag, run.get("dag_run_id").asText(), run.get("state").asText())));
    return runs;
  }

  List<Task> tasks(Run run) {
    List<Task> tasks = new ArrayList<>();
    get("/api/v2/dags/%s/dagRuns/%s/taskInstances".formatted(run.dag(), encoded(run.id())))
        .get("task_instances")
        .forEach(
            task ->
                tasks.add(
                    new Task(
                        run.dag(),
                        task.get("task_id").asText(),
                        task.path("state").asText(),
                        task.get("try_number").asInt(),
                        instant(task.get("start_date")),
                        instant(task.get("end_date")))));
    return tasks;
  }

  Task task(Run run, String id) {
    return tasks(run).stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
  }

  /** Clears a task and what follows it, as an engineer does who wants them run again. */
  void clear(Run run, String task) {
    send(
        request("/api/v2/dags/%s/clearTaskInstances".formatted(run.dag()))
            .POST(
                BodyPublishers.ofString(
                    MAPPER
                        .createObjectNode()
                        .put("dry_run", false)
                        .put("dag_run_id", run.id())
                        .put("only_failed", false)
                        .put("include_downstream", true)
                        .set("task_ids", MAPPER.createArrayNode().add(task))
                        .toString())));
  }

  /** The extras of all events of an asset, the oldest first. */
  List<JsonNode> events(String asset) {
    List<JsonNode> extras = new ArrayList<>();
    get("/api/v2/assets/events?order_by=timestamp&limit=100")
        .get("asset_events")
        .forEach(
            event -> {
              if (event.get("name").asText().equals(asset)) {
                extras.add(event.get("extra"));
              }
            });
    return extras;
  }

  private JsonNode get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json");
    return token == null ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node == null || node.isNull()
        ? Optional.empty()
        : Optional.of(Instant.parse(node.asText()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
