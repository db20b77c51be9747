package dev.changelake.compact.redshift;

import static dev.changelake.compact.redshift.StandInUnderTest.copy;
import static dev.changelake.compact.redshift.StandInUnderTest.execute;
import static dev.changelake.compact.redshift.StandInUnderTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.Driver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stand-in through the real driver. */
class RedshiftStandInIT {
  private static StandInUnderTest stand;

  @BeforeAll
  static void start() throws SQLException {
    stand = new StandInUnderTest();
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @Test
  void theDriverTakesItForRedshift() throws SQLException {
    // when
    try (Connection connection = stand.connect()) {
      // then
      assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("8.0.2");
      assertThat(rows(connection, "SELECT 1 + 1")).containsExactly("2");
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    // given
    Properties wrong = stand.properties();
    wrong.setProperty("password", "guessed");

    // when, then
    assertThatThrownBy(() -> new Driver().connect(stand.standIn.url(), wrong))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed for user \"loader\"");
  }

  @Test
  void preparedStatementsAndTransactionsGoThrough() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(connection, "CREATE TABLE notes (id bigint, note varchar(20))");
      connection.setAutoCommit(false);

      // when
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO notes VALUES (?, ?)")) {
        for (int i = 0; i < 20; i++) {
          insert.setLong(1, i);
          insert.setString(2, "note " + i);
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        insert.setLong(1, 99);
        insert.setString(2, "gone");
        insert.executeUpdate();
        connection.rollback();
      }

      // then
      assertThat(rows(connection, "SELECT count(*), max(id) FROM notes")).containsExactly("20|19");
    }
  }

  @Test
  void aManifestOfGzippedFilesIsCopied() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(connection, "CREATE TABLE copied (id bigint, note varchar(20), at timestamptz)");
      String manifest =
          stand.manifest(
              stand.putGzip("copied/1.csv.gz", "1,\"a \"\"b\"\", c\",2020-06-22 10:00:00+02\n"),
              stand.putGzip("copied/2.csv.gz", "2,\\N,\n3,\"x\ny\",\n"));

      // when
      execute(connection, copy("copied", manifest, "GZIP TIMEFORMAT 'auto'"));

      // then
      assertThat(rows(connection, "SELECT id, note, at IS NULL FROM copied ORDER BY id"))
          .containsExactly("1|a \"b\", c|f", "2|null|t", "3|x\ny|t");
    }
  }
}
