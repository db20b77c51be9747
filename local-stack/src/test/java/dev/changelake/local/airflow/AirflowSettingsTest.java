package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.config.Configuration;
import dev.changelake.local.LocalStack;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AirflowSettingsTest {
  private static final Path FOLDER = Path.of("/lake here");
  private static final Configuration CONFIGURATION =
      Configuration.of(
          Map.of(
              "kafka.bootstrap.servers", "127.0.0.1:9092",
              "fs.s3a.endpoint", "http://127.0.0.1:9000",
              "fs.s3a.endpoint.region", "us-east-1",
              "fs.s3a.access.key", "key",
              "fs.s3a.secret.key", "s3-secret",
              "warehouse.url", "jdbc:postgresql://127.0.0.1:5433/b2b",
              "warehouse.jdbc.user", "changelake",
              "warehouse.jdbc.password", "pg:secret/1"));

  @Test
  void airflowFindsItsDagsItsDatabaseAndTheLauncher() {
    // when
    Map<String, String> variables = variables(Optional.empty());

    // then
    assertThat(variables)
        .containsEntry("AIRFLOW_HOME", "/lake here/airflow")
        .containsEntry("AIRFLOW__CORE__DAGS_FOLDER", "/src/airflow/dags")
        .containsEntry("AIRFLOW__API__BASE_URL", "http://127.0.0.1:8081")
        .containsEntry(
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "http://127.0.0.1:8081/execution/")
        .containsEntry(
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
            "postgresql+psycopg2://changelake:pg%3Asecret%2F1@127.0.0.1:5433/airflow")
        .containsEntry("AIRFLOW__CHANGELAKE__LAUNCHER", "/src/bin/changelake")
        .containsEntry("AIRFLOW__CHANGELAKE__JOB_CONFIG", "/lake here/stack.json")
        .containsEntry("AIRFLOW__CHANGELAKE__BUCKET", "com.comp.prod.data.etl")
        .doesNotContainKey("AIRFLOW__CHANGELAKE__END_DATE");
  }

  @Test
  void aLastDayMakesTheSchedulerCatchUp() {
    assertThat(variables(Optional.of(LocalDate.of(2020, 6, 24))))
        .containsEntry("AIRFLOW__CHANGELAKE__END_DATE", "2020-06-24")
        .containsEntry("AIRFLOW__CHANGELAKE__CATCHUP", "True");
  }

  @Test
  void secretsStandInTheVariablesThatNeedThemAlone() {
    // given
    Map<String, String> others = new HashMap<>(variables(Optional.empty()));

    // when
    String database = others.remove("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN");
    String connection = others.remove("AIRFLOW_CONN_CHANGELAKE_LAKE");

    // then
    assertThat(database).contains("secret");
    assertThat(connection)
        .isEqualTo(
            "{\"conn_type\":\"aws\",\"login\":\"key\",\"password\":\"s3-secret\","
                + "\"extra\":{\"endpoint_url\":\"http://127.0.0.1:9000\","
                + "\"region_name\":\"us-east-1\","
                + "\"config_kwargs\":{\"s3\":{\"addressing_style\":\"path\"}}}}");
    assertThat(others.values()).noneMatch(value -> value.contains("secret"));
  }

  private static Map<String, String> variables(Optional<LocalDate> lastDay) {
    AirflowProject project =
        new AirflowProject(Path.of("/src/bin/changelake"), Path.of("/src/airflow"));
    return new AirflowSettings(project, new LocalStack(FOLDER), CONFIGURATION)
        .variables(8081, lastDay);
  }
}
