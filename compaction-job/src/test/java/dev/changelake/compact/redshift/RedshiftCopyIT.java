package dev.changelake.compact.redshift;

import static dev.changelake.compact.redshift.StandInUnderTest.copy;
import static dev.changelake.compact.redshift.StandInUnderTest.execute;
import static dev.changelake.compact.redshift.StandInUnderTest.failure;
import static dev.changelake.compact.redshift.StandInUnderTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazon.redshift.Driver;
import dev.changelake.compact.redshift.StandInUnderTest.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY from S3 through the real driver. */
@Tag("thorough")
class RedshiftCopyIT {
  private static StandInUnderTest stand;

  @BeforeAll
  static void start() throws SQLException {
    stand = new StandInUnderTest();
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @BeforeEach
  void emptyTable() throws SQLException {
    try (Connection connection = stand.connect()) {
      execute(
          connection,
          "DROP TABLE IF EXISTS notes",
          "CREATE TABLE notes (id bigint NOT NULL, note varchar(4))");
    }
  }

  @Test
  void everyTypeArrives() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE typed (id bigint, t varchar(40), amount decimal(38,10), at timestamptz,"
              + " local timestamp, day date, ok boolean, f float, raw varbyte(4), doc super)");
      String manifest =
          stand.manifest(
              stand.putGzip(
                  "typed/1.csv.gz",
                  """
                  1,"a ""b"", c
                  d\\e",1234567890123456789012345678.0123456789,2020-06-22 10:00:00.123456+02,\
                  2020-06-22 10:00:00.5,2020-06-22,true,0.1,00ff,"{""a"": [1, null]}"
                  """),
              stand.putGzip(
                  "typed/2.csv.gz", "2,,,,,,,,,\n3,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\"\\N\"\n"));

      // when
      execute(
          connection,
          copy("typed", manifest, "GZIP TIMEFORMAT 'auto' DATEFORMAT 'auto' COMPUPDATE OFF"));

      // then
      assertThat(
              rows(
                  connection,
                  "SELECT id, t, amount, at = '2020-06-22 08:00:00.123456+00', local, day, ok, f,"
                      + " from_varbyte(raw, 'hex'), doc FROM typed ORDER BY id"))
          .containsExactly(
              "1|a \"b\", c\nd\\e|1234567890123456789012345678.0123456789|t|2020-06-22 10:00:00.5"
                  + "|2020-06-22|t|0.1|00ff|{\"a\": [1, null]}",
              "2|" + "|null".repeat(8),
              "3" + "|null".repeat(9));
      assertThat(rows(connection, "SELECT pg_last_copy_count()")).containsExactly("3");
    }
  }

  @Test
  void columnsAreThoseNamedInTheirOrder() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String file = stand.put("columns/1.csv", "id,note\nab,1\n,2\n");

      // when
      execute(
          connection,
          copy("notes (note, \"ID\")", stand.manifest(file), "IGNOREHEADER 1 EMPTYASNULL"));

      // then
      assertThat(rows(connection, "SELECT id, note FROM notes ORDER BY id"))
          .containsExactly("1|ab", "2|null");
    }
  }

  @Test
  void aTemporaryTableOfTheSameTransactionIsLoaded() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String manifest = stand.manifest(stand.put("staged/1.csv", "1,new\n2,two\n"));
      execute(connection, "INSERT INTO notes VALUES (1, 'old'), (9, 'kept')");
      connection.setAutoCommit(false);

      // when
      execute(
          connection,
          "LOCK TABLE notes",
          "CREATE TEMP TABLE staged (LIKE notes)",
          copy("staged", manifest),
          "DELETE FROM notes USING staged WHERE notes.id = staged.id",
          "INSERT INTO notes SELECT * FROM staged");
      connection.commit();

      // then
      assertThat(rows(connection, "SELECT * FROM notes ORDER BY id"))
          .containsExactly("1|new", "2|two", "9|kept");
    }
  }

  @Test
  void withoutAManifestAllUnderThePrefixIsLoaded() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      stand.put("prefix/1.csv", "1,a\n");
      stand.put("prefix/2.csv", "2,b\n");

      // when
      execute(
          connection,
          "COPY notes FROM 's3://%s/prefix/' IAM_ROLE '%s' CSV"
              .formatted(stand.bucket, StandInUnderTest.ROLE));

      // then
      assertThat(rows(connection, "SELECT * FROM notes ORDER BY id")).containsExactly("1|a", "2|b");
    }
  }

  @Test
  void aTextAtItsLimitOfBytesIsLoaded() throws SQLException {
    try (Connection connection = stand.connect()) {
      // when
      execute(connection, copy("notes", stand.manifest(stand.put("limit/1.csv", "1,ëë\n"))));

      // then
      assertThat(rows(connection, "SELECT * FROM notes")).containsExactly("1|ëë");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2,ëëa|String length exceeds DDL length
          2,abcde|String length exceeds DDL length
          2|Delimiter not found
          2,a,b|Extra column(s) found
          two,a|invalid input syntax for type bigint
          \\N,a|null value in column "id"
          """)
  void aRowThatDoesNotFitLoadsNothing(String row, String reason) throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String manifest =
          stand.manifest(stand.put("bad/1.csv", "1,a\n"), stand.put("bad/2.csv", row + "\n3,b\n"));
      connection.setAutoCommit(false);

      // when
      Failure failure = failure(connection, copy("notes", manifest));

      // then
      assertThat(failure.message())
          .contains("Load into table 'notes' failed.  Check 'stl_load_errors'")
          .contains(reason);
      assertThat(failure.state()).isEqualTo("XX000");
      assertThat(failure(connection, "SELECT 1").state()).isEqualTo("25P02");
      connection.rollback();
      assertThat(rows(connection, "SELECT * FROM notes")).isEmpty();
    }
  }

  @Test
  void withoutAMandatoryFileNothingIsLoaded() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String there = stand.put("missing/1.csv", "1,a\n");
      String manifest = stand.manifest(there, "s3://%s/missing/2.csv".formatted(stand.bucket));

      // when
      Failure failure = failure(connection, copy("notes", manifest));

      // then
      assertThat(failure.message())
          .contains("The specified key does not exist")
          .contains("missing/2.csv");
      assertThat(rows(connection, "SELECT * FROM notes")).isEmpty();
    }
  }

  @Test
  void aMissingFileThatIsNotMandatoryIsPassedOver() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String manifest =
          stand.put(
              "optional/manifest",
              """
              {"entries":[{"url":"%s","mandatory":true,"meta":{"content_length":4}},
                          {"url":"s3://%s/optional/2.csv","mandatory":false}]}"""
                  .formatted(stand.put("optional/1.csv", "1,a\n"), stand.bucket));

      // when
      execute(connection, copy("notes", manifest));

      // then
      assertThat(rows(connection, "SELECT * FROM notes")).containsExactly("1|a");
    }
  }

  @Test
  void aManifestThatIsNotThereIsTold() throws SQLException {
    try (Connection connection = stand.connect()) {
      assertThat(
              failure(connection, copy("notes", "s3://%s/none".formatted(stand.bucket))).message())
          .contains("Problem reading manifest file");
      assertThat(failure(connection, copy("notes", stand.put("not-json", "entries"))).message())
          .contains("Manifest file is not in correct json format");
    }
  }

  @Test
  void anotherRoleMayNotBeAssumed() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String manifest = stand.manifest(stand.put("role/1.csv", "1,a\n"));
      String other = "arn:aws:iam::123456789012:role/other";

      // when
      Failure failure =
          failure(connection, copy("notes", manifest).replace(StandInUnderTest.ROLE, other));

      // then
      assertThat(failure.message()).contains("is not authorized to assume IAM Role " + other);
    }
  }

  @Test
  void parquetNeedsLengthsAndIsNotImitated() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String file = stand.put("parquet/1.parquet", "PAR1");
      String measured =
          stand.put(
              "parquet/manifest",
              """
              {"entries":[{"url":"%s","mandatory":true,"meta":{"content_length":4}}]}"""
                  .formatted(file));

      // when, then
      assertThat(failure(connection, parquet(stand.manifest(file))).message())
          .contains("content_length");
      assertThat(failure(connection, parquet(measured)).message())
          .contains("does not imitate COPY of Parquet");
    }
  }

  @Test
  void keysAreRefused() throws SQLException {
    try (Connection connection = stand.connect()) {
      assertThat(
              failure(
                      connection,
                      "COPY notes FROM 's3://b/m' CREDENTIALS 'aws_access_key_id=a' CSV MANIFEST")
                  .state())
          .isEqualTo("0A000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void bothProtocolsCopy(String mode) throws SQLException {
    // given
    String manifest = stand.manifest(stand.put("modes/1.csv", "1,a\n"));
    String table = stand.schema + ".notes";
    Properties properties = stand.properties();
    properties.setProperty("preferQueryMode", mode);
    try (Connection connection = new Driver().connect(stand.standIn.url(), properties)) {
      // when
      for (int i = 0; i < 7; i++) {
        execute(connection, copy(table, manifest));
      }
      connection.setAutoCommit(false);
      execute(connection, copy(table, manifest));
      connection.rollback();
      assertThat(failure(connection, copy(table, manifest, "FASTER")).state()).isEqualTo("42601");
      connection.rollback();

      // then
      assertThat(rows(connection, "SELECT count(*) FROM " + table)).containsExactly("7");
    }
  }

  @Test
  void aConnectionThatIsLostAfterItsCopyLeavesNothing() throws SQLException {
    // given
    String manifest = stand.manifest(stand.put("lost/1.csv", "1,a\n"));
    stand.standIn.dropConnectionAfterNextCopy();

    // when
    try (Connection connection = stand.connect()) {
      connection.setAutoCommit(false);
      execute(connection, copy("notes", manifest));
      SQLException failure = catchThrowableOfType(SQLException.class, connection::commit);

      // then
      assertThat(failure.getSQLState()).startsWith("08");
    }
    try (Connection connection = stand.connect()) {
      execute(connection, "BEGIN", "LOCK TABLE notes");
      assertThat(rows(connection, "SELECT * FROM notes")).isEmpty();
    }
  }

  @Test
  void aLoadIsHeldBetweenItsCopyAndItsCommit() throws Exception {
    // given
    String manifest = stand.manifest(stand.put("held/1.csv", "1,a\n"));
    stand.standIn.holdAfterNextCopy();

    // when
    CompletableFuture<Void> load = CompletableFuture.runAsync(() -> copyAndCommit(manifest));
    stand.standIn.awaitHeld();

    // then
    try (Connection connection = stand.connect()) {
      assertThat(rows(connection, "SELECT * FROM notes")).isEmpty();
      stand.standIn.release();
      load.join();
      assertThat(rows(connection, "SELECT * FROM notes")).containsExactly("1|a");
    }
  }

  @Test
  void allStatementsAreKept() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      String sql = copy("notes", stand.manifest(stand.put("kept/1.csv", "1,a\n")));

      // when
      execute(connection, sql);

      // then
      assertThat(stand.standIn.statements()).contains(sql);
    }
  }

  private static void copyAndCommit(String manifest) {
    try (Connection connection = stand.connect()) {
      connection.setAutoCommit(false);
      execute(connection, copy("notes", manifest));
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String parquet(String manifest) {
    return "COPY notes FROM '%s' IAM_ROLE '%s' FORMAT AS PARQUET MANIFEST"
        .formatted(manifest, StandInUnderTest.ROLE);
  }
}
