package dev.changelake.compact.redshift;

import static dev.changelake.compact.redshift.StandInUnderTest.execute;
import static dev.changelake.compact.redshift.StandInUnderTest.failure;
import static dev.changelake.compact.redshift.StandInUnderTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazon.redshift.Driver;
import dev.changelake.compact.redshift.StandInUnderTest.Failure;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in through the real driver: sessions, definitions, refusals. */
@Tag("thorough")
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
        .hasMessageContaining("password authentication failed for user \"loader\"")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("28000");
  }

  @Test
  void batchesAndTransactionsGoThrough() throws SQLException {
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
  void parametersOfManyTypesGoThrough() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE kinds (n int, b bigint, d decimal(38,10), f float, ok boolean,"
              + " at timestamptz, t varchar(40), day date, nothing bigint, doc super)");

      // when
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, json_parse(?))")) {
        for (int i = 0; i < 7; i++) {
          insert.setInt(1, i);
          insert.setLong(2, Long.MAX_VALUE);
          insert.setBigDecimal(3, new BigDecimal("1234567890123456789012345678.0123456789"));
          insert.setDouble(4, 0.5);
          insert.setBoolean(5, true);
          insert.setTimestamp(6, Timestamp.from(Instant.parse("2020-06-22T10:00:00.123456Z")));
          insert.setString(7, "Zoë's \"text\"");
          insert.setDate(8, java.sql.Date.valueOf("2020-06-22"));
          insert.setNull(9, Types.BIGINT);
          insert.setString(10, "{\"a\":[1]}");
          insert.executeUpdate();
        }
      }

      // then
      assertThat(
              rows(
                  connection,
                  "SELECT b, d, f, ok, at = '2020-06-22 10:00:00.123456+00', t, day, nothing, doc"
                      + " FROM kinds WHERE n = 6"))
          .containsExactly(
              "9223372036854775807|1234567890123456789012345678.0123456789|0.5|t|t|Zoë's \"text\""
                  + "|2020-06-22|null|{\"a\": [1]}");
    }
  }

  @Test
  void resultsComeInPortions() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE many (id bigint)",
          "INSERT INTO many VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)",
          "INSERT INTO many SELECT a.id * 100 + b.id FROM many a, many b");
      connection.setAutoCommit(false);

      // when
      int read = 0;
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(7);
        try (ResultSet found = statement.executeQuery("SELECT id FROM many")) {
          while (found.next()) {
            read++;
          }
        }
      }

      // then
      assertThat(read).isEqualTo(110);
    }
  }

  @Test
  void anErrorKeepsItsStateAndFailsTheTransaction() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(connection, "CREATE TABLE strict (id bigint NOT NULL)");
      connection.setAutoCommit(false);

      // when, then
      assertThat(failure(connection, "INSERT INTO strict VALUES (NULL)").state())
          .isEqualTo("23502");
      assertThat(failure(connection, "SELECT 1").state()).isEqualTo("25P02");
      connection.rollback();
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void aTransactionSeesOneSnapshotThatALockDoesNotBegin() throws SQLException {
    try (Connection reader = stand.connect();
        Connection writer = stand.connect()) {
      // given
      execute(writer, "CREATE TABLE audit (id bigint)", "CREATE TABLE seen (id bigint)");
      reader.setAutoCommit(false);
      execute(reader, "LOCK TABLE audit");
      execute(writer, "INSERT INTO seen VALUES (1)");

      // when, then
      assertThat(rows(reader, "SELECT id FROM seen")).containsExactly("1");
      execute(writer, "INSERT INTO seen VALUES (2)");
      assertThat(rows(reader, "SELECT id FROM seen")).containsExactly("1");
    }
  }

  @Test
  void aStatementThatWaitsIsCancelled() throws SQLException {
    try (Connection holder = stand.connect();
        Connection waiter = stand.connect()) {
      // given
      execute(holder, "CREATE TABLE locked (id bigint)");
      holder.setAutoCommit(false);
      waiter.setAutoCommit(false);
      execute(holder, "LOCK TABLE locked");

      // when
      try (Statement statement = waiter.createStatement()) {
        statement.setQueryTimeout(1);
        SQLException failure =
            catchThrowableOfType(SQLException.class, () -> statement.execute("LOCK TABLE locked"));

        // then
        assertThat(failure.getSQLState()).isEqualTo("57014");
      }
    }
  }

  @Test
  void aLostBackendIsALostConnection() throws SQLException {
    try (Connection lost = stand.connect();
        Connection other = stand.connect()) {
      // given
      String pid = rows(lost, "SELECT pg_backend_pid()").get(0);

      // when
      execute(other, "SELECT pg_terminate_backend(%s)".formatted(pid));

      // then
      assertThat(failure(lost, "SELECT 1").state()).isIn("57P01", "08006");
      assertThat(failure(lost, "SELECT 1").state()).startsWith("08");
    }
  }

  @Test
  void keysAreDeclaredAndNotEnforced() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE keyed (id bigint, other bigint REFERENCES nowhere (id), PRIMARY KEY (id))"
              + " DISTSTYLE KEY DISTKEY (id) COMPOUND SORTKEY (id, other)");

      // when
      execute(connection, "INSERT INTO keyed VALUES (1, 7), (1, 8)");

      // then
      assertThat(rows(connection, "SELECT * FROM keyed")).containsExactly("1|7", "1|8");
      assertThat(failure(connection, "INSERT INTO keyed VALUES (NULL, 1)").state())
          .isEqualTo("23502");
    }
  }

  @Test
  void theCatalogTellsRedshiftsTypes() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE \"Typed\" (a varchar(20), b text, c super, d varbyte(16), e decimal(9,2),"
              + " f varchar(max), g timestamptz)");

      // when, then
      assertThat(
              rows(
                  connection,
                  """
                  SELECT a.attname, format_type(a.atttypid, a.atttypmod)
                  FROM pg_catalog.pg_attribute a
                  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = '%s' AND c.relname = 'typed' AND a.attnum > 0
                  ORDER BY a.attnum"""
                      .formatted(stand.schema)))
          .containsExactly(
              "a|character varying(20)",
              "b|character varying(256)",
              "c|super",
              "d|binary varying(16)",
              "e|numeric(9,2)",
              "f|character varying(65535)",
              "g|timestamp with time zone");
    }
  }

  @Test
  void aTextsLengthIsThatOfItsBytes() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE short (id bigint, t varchar(4))",
          "CREATE TEMP TABLE staging (LIKE short)",
          "INSERT INTO short VALUES (1, 'ëë')");

      // when, then
      for (String sql :
          new String[] {
            "INSERT INTO short VALUES (2, 'ëëa')",
            "UPDATE short SET t = 'ëëa'",
            "INSERT INTO staging VALUES (2, 'ëëa')",
            "INSERT INTO short VALUES (2, 'abcde')"
          }) {
        assertThat(failure(connection, sql))
            .isEqualTo(new Failure("22001", "ERROR: value too long for type character varying(4)"));
      }
    }
  }

  @Test
  void aTextIsWidenedAndNothingElse() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(connection, "CREATE TABLE wide (id bigint, t varchar(4))");

      // when
      execute(
          connection,
          "ALTER TABLE wide ALTER COLUMN t TYPE varchar(6)",
          "ALTER TABLE wide ALTER COLUMN t TYPE varchar(8)",
          "INSERT INTO wide VALUES (1, 'ëëëë')");

      // then
      assertThat(failure(connection, "INSERT INTO wide VALUES (2, 'ëëëëa')").state())
          .isEqualTo("22001");
      assertThat(failure(connection, "ALTER TABLE wide ALTER COLUMN t TYPE varchar(8)").message())
          .contains("should be different and larger");
      assertThat(failure(connection, "ALTER TABLE wide ALTER COLUMN id TYPE varchar(8)").message())
          .contains("cannot alter type of column \"id\"");
      assertThat(
              failure(connection, "ALTER TABLE wide ALTER COLUMN id TYPE numeric(20,0)").message())
          .contains("cannot alter type of column \"id\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE alone",
        "ALTER TABLE alone ALTER COLUMN t TYPE varchar(6)",
      })
  void someStandOutsideOfTransactionsOnly(String sql) throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "DROP TABLE IF EXISTS alone",
          "CREATE TABLE alone (t varchar(4))",
          "INSERT INTO alone VALUES ('a')");
      connection.setAutoCommit(false);

      // when, then
      assertThat(failure(connection, sql).state()).isEqualTo("25001");
      connection.rollback();
      assertThat(rows(connection, "SELECT t FROM alone")).containsExactly("a");
      connection.rollback();
      connection.setAutoCommit(true);
      execute(connection, sql);
    }
  }

  @Test
  void mergeHasOneRowOfActions() throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(
          connection,
          "CREATE TABLE target (id bigint, t varchar(9))",
          "CREATE TABLE source (id bigint, t varchar(9))",
          "INSERT INTO target VALUES (1, 'old'), (2, 'kept')",
          "INSERT INTO source VALUES (1, 'new'), (3, 'added')");

      // when
      execute(
          connection,
          "MERGE INTO target USING source ON target.id = source.id"
              + " WHEN MATCHED THEN UPDATE SET t = source.t"
              + " WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.t)");

      // then
      assertThat(rows(connection, "SELECT * FROM target ORDER BY id"))
          .containsExactly("1|new", "2|kept", "3|added");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO r VALUES (1) ON CONFLICT DO NOTHING|42601
          INSERT INTO r VALUES (1) RETURNING id|42601
          CREATE INDEX i ON r (id)|0A000
          COPY r FROM STDIN|0A000
          ALTER TABLE r ALTER COLUMN t SET NOT NULL|42601
          ALTER TABLE r ALTER COLUMN t DROP NOT NULL|42601
          ALTER TABLE r ALTER COLUMN id TYPE bigint|0A000
          ALTER TABLE r ADD COLUMN a bigint, ADD COLUMN b bigint|42601
          ALTER TABLE r ADD COLUMN a bigint NOT NULL|0A000
          ALTER TABLE r ADD COLUMN IF NOT EXISTS a bigint|42601
          LOCK TABLE r IN SHARE ROW EXCLUSIVE MODE|42601
          SELECT pg_advisory_xact_lock(1)|42883
          SELECT to_regclass('r')|42883
          SELECT to_regnamespace('r')|42883
          SELECT hashtextextended('a', 0)|42883
          SELECT starts_with(t, 'a') FROM r|42883
          SELECT count(*) FILTER (WHERE id > 1) FROM r|42601
          SELECT DISTINCT ON (id) id FROM r|0A000
          SELECT id FROM r FOR UPDATE|0A000
          SELECT t::jsonb FROM r|42704
          SELECT t::text[] FROM r|42601
          SELECT now()|42883
          CREATE UNLOGGED TABLE u (id bigint)|42601
          CREATE TABLE u (a text[])|0A000
          CREATE TABLE u (a jsonb)|42704
          CREATE TABLE u (a bytea)|42704
          CREATE TABLE u (a uuid)|42704
          CREATE TABLE u (a bigserial)|42704
          CREATE TABLE u (a timestamp(6))|42601
          MERGE INTO r USING (SELECT 1 AS id) s ON r.id = s.id WHEN MATCHED THEN DELETE|0A000
          MERGE INTO r USING s ON r.id = s.id WHEN MATCHED AND s.id > 1 THEN DELETE|42601
          MERGE INTO r USING s ON r.id = s.id WHEN MATCHED THEN DELETE|42601
          SELECT oid FROM pg_class WHERE relname = 'a' LIMIT 1; SELECT 1 RETURNING|42601
          """)
  void whatRedshiftLacksIsRefused(String sql, String state) throws SQLException {
    try (Connection connection = stand.connect()) {
      // given
      execute(connection, "CREATE TABLE IF NOT EXISTS r (id bigint, t varchar(9))");
      connection.setAutoCommit(false);

      // when
      Failure refused = failure(connection, sql);

      // then
      assertThat(refused.state()).isEqualTo(state);
      assertThat(refused.message()).doesNotContain("refused_by");
      assertThat(failure(connection, "SELECT 1").state()).isEqualTo("25P02");
      connection.rollback();
      assertThat(rows(connection, "SELECT count(*) FROM r")).containsExactly("0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void bothProtocolsAreSpoken(String mode) throws SQLException {
    // given
    Properties properties = stand.properties();
    properties.setProperty("preferQueryMode", mode);
    try (Connection connection = new Driver().connect(stand.standIn.url(), properties)) {
      // when, then
      execute(connection, "SELECT 1; SELECT 2");
      assertThat(failure(connection, "SELECT DISTINCT ON (a) a FROM t").message())
          .contains("SELECT DISTINCT ON is not supported");
      assertThat(rows(connection, "SELECT 'still here'")).containsExactly("still here");
    }
  }
}
