package dev.changelake.local.airflow;

import dev.changelake.config.Configuration;
import dev.changelake.local.LocalStack;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Airflow's processes find in their environment.
 *
 * <p>Names are Airflow's own: {@code AIRFLOW__SECTION__KEY}. What a user has set stands, but for
 * what makes it this stack's Airflow.
 */
final class AirflowSettings {
  private static final String PREFIX = "AIRFLOW__";

  private final AirflowProject project;
  private final LocalStack stack;
  private final Configuration configuration;

  AirflowSettings(AirflowProject project, LocalStack stack, Configuration configuration) {
    this.project = project;
    this.stack = stack;
    this.configuration = configuration;
  }

  /** Airflow's home: its configuration file, its logs, the password of its page. */
  static Path home(LocalStack stack) {
    return stack.folder().resolve("airflow");
  }

  /**
   * The variables.
   *
   * @param port the port of Airflow's page and API
   * @param lastDay the last day that is scheduled; with it all days from the first one are
   */
  Map<String, String> variables(int port, Optional<LocalDate> lastDay) {
    Map<String, String> all = new HashMap<>();
    all.put("AIRFLOW_HOME", home(stack).toString());
    put(all, "core", "dags_folder", project.dags().toString());
    put(all, "core", "executor", "LocalExecutor");
    put(all, "core", "execution_api_server_url", url(port) + "/execution/");
    put(all, "database", "sql_alchemy_conn", new MetadataDatabase(configuration).sqlAlchemyUrl());
    put(all, "api", "host", "127.0.0.1");
    put(all, "api", "port", String.valueOf(port));
    put(all, "api", "base_url", url(port));
    put(all, "changelake", "launcher", project.launcher().toString());
    put(all, "changelake", "job_config", stack.configuration().toString());
    put(all, "changelake", "bucket", configuration.bucket());
    all.put("AIRFLOW_CONN_CHANGELAKE_LAKE", LakeConnection.json(configuration));
    lastDay.ifPresent(
        day -> {
          put(all, "changelake", "end_date", day.toString());
          put(all, "changelake", "catchup", "True");
        });
    return all;
  }

  /** What is set unless the user sets it. */
  static Map<String, String> defaults() {
    Map<String, String> all = new HashMap<>();
    put(all, "core", "load_examples", "False");
    put(all, "api", "workers", "1");
    put(all, "dag_processor", "parsing_processes", "1");
    put(all, "usage_data_collection", "enabled", "False");
    return all;
  }

  static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static void put(Map<String, String> all, String section, String key, String value) {
    all.put(variable(section, key), value);
  }

  private static String variable(String section, String key) {
    return PREFIX + (section + "__" + key).toUpperCase(Locale.ROOT);
  }
}
