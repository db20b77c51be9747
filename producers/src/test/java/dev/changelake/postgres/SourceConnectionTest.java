package dev.changelake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourceConnectionTest {
  @Test
  void what_is_not_configured_is_named() {
    assertThatThrownBy(
            () ->
                SourceConnection.open(Map.of("database.user", "x", "database.hostname", " "), "t"))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
              assertThat(refused.why())
                  .isEqualTo("Missing are debezium.database.dbname, debezium.database.hostname.");
            });
  }

  @Test
  void a_database_that_is_away_is_told_without_its_password() {
    assertThatThrownBy(
            () ->
                SourceConnection.open(
                    Map.of(
                        "database.hostname", "127.0.0.1",
                        "database.port", "1",
                        "database.user", "capturer",
                        "database.password", "hunter2",
                        "database.dbname", "b2b"),
                    "t"))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            away -> {
              assertThat(away.category()).isEqualTo(ErrorCategory.SOURCE);
              assertThat(away.retryable()).isTrue();
              assertThat(away.getMessage()).doesNotContain("hunter2");
            });
  }

  @Test
  void a_row_that_is_not_taken_is_a_matter_of_data() {
    assertThat(DatabaseFailure.of(new SQLException("duplicate key", "23505")).category())
        .isEqualTo(ErrorCategory.DATA);
    assertThat(DatabaseFailure.of(new SQLException("no password", "28P01")).category())
        .isEqualTo(ErrorCategory.USAGE);
    assertThat(DatabaseFailure.of(new SQLException("no state")).category())
        .isEqualTo(ErrorCategory.SOURCE);
  }
}
