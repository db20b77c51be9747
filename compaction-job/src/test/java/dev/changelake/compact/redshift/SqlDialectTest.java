package dev.changelake.compact.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of statements, without a server. */
class SqlDialectTest {
  private final List<Integer> varbytes = new ArrayList<>();
  private final SqlDialect dialect = new SqlDialect(varbytes::add);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, 'ON CONFLICT' -- RETURNING\n, \"returning\" FROM t",
        "INSERT INTO t (a) VALUES ($1)",
        "INSERT INTO t SELECT a /* FILTER (WHERE */ FROM s WHERE NOT EXISTS (SELECT 1 FROM t)",
        "UPDATE t SET a = 1 FROM s WHERE t.id = s.id",
        "DELETE FROM t USING s WHERE t.id = s.id",
        "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = CASE WHEN s.a = 1"
            + " THEN 2 END WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)",
        "LOCK TABLE t",
        "DROP TABLE IF EXISTS t",
        "SET search_path TO s",
        "DECLARE c CURSOR FOR SELECT 1",
        "SELECT a::varchar, CAST(b AS numeric(10, 2)) FROM t"
      })
  void whatBothKnowGoesAsItIs(String sql) throws Refusal {
    assertThat(decide(sql)).isEqualTo(new Decision.Pass(sql, Decision.Effect.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT "aB" AS "C""d" FROM "T"|SELECT "ab" AS "c""d" FROM "t"
          SELECT getdate(), sysdate|SELECT redshift_stand_in.getdate(), redshift_stand_in.getdate()
          SELECT pg_catalog.format_type(1, 2)|SELECT redshift_stand_in.format_type(1, 2)
          SELECT JSON_PARSE($1)::super|SELECT redshift_stand_in.json_parse($1)::redshift_stand_in.super
          """)
  void otherWordsAreFoundForTheRest(String sql, String expected) throws Refusal {
    assertThat(decide(sql).sql()).isEqualTo(expected);
  }

  @Test
  void aTablesDefinitionKeepsWhatPostgresKnows() throws Refusal {
    // when
    String sql =
        decide(
                """
                CREATE TABLE IF NOT EXISTS s."T" (
                  id bigint ENCODE az64 DISTKEY,
                  "Name" varchar(20) NOT NULL ENCODE zstd,
                  amount decimal(38,10) DEFAULT 0,
                  at timestamptz DEFAULT getdate() SORTKEY,
                  raw varbyte(64),
                  doc super,
                  other bigint REFERENCES o (id),
                  PRIMARY KEY (id),
                  UNIQUE ("Name"))
                DISTSTYLE KEY COMPOUND SORTKEY (id, at)""")
            .sql();

    // then
    assertThat(sql)
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS \"s\".\"t\" (\"id\" bigint NOT NULL, \"name\" character"
                + " varying(20) CONSTRAINT \"too long for character varying(20) of 337a8b\" CHECK"
                + " (octet_length(\"name\") <= 20) NOT NULL, \"amount\" numeric(38,10) DEFAULT 0,"
                + " \"at\" timestamp with time zone DEFAULT redshift_stand_in.getdate(), \"raw\""
                + " redshift_stand_in.\"binary varying(64)\", \"doc\" redshift_stand_in.super,"
                + " \"other\" bigint)");
    assertThat(varbytes).containsExactly(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text|character varying(256)
          varchar(max)|character varying(65535)
          character varying(7)|character varying(7)
          char(3)|character(3)
          numeric|numeric(18,0)
          decimal(38,10)|numeric(38,10)
          int|integer
          float|double precision
          time|time without time zone
          timestamp with time zone|timestamp with time zone
          varbyte(max)|redshift_stand_in."binary varying(16777216)"
          """)
  void typesAreThoseOfRedshift(String type, String expected) throws Refusal {
    assertThat(decide("CREATE TABLE t (a " + type + ")").sql())
        .startsWith("CREATE TABLE \"t\" (\"a\" " + expected);
  }

  @Test
  void aTableLikeAnotherKeepsItsLengths() throws Refusal {
    assertThat(decide("CREATE TEMP TABLE x (LIKE y)").sql())
        .isEqualTo("CREATE TEMP TABLE \"x\" (LIKE \"y\" INCLUDING CONSTRAINTS)");
  }

  @Test
  void aTextIsWidenedOutsideOfTransactionsOnly() throws Refusal {
    assertThat(decide("ALTER TABLE t ALTER COLUMN a TYPE varchar(40)"))
        .isEqualTo(
            new Decision.Alone(
                "CALL redshift_stand_in.widen('\"t\"'::regclass, 'a', 40)",
                "ALTER TABLE ALTER COLUMN cannot run inside a transaction block"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 'a|42601|unterminated quoted string
          SELECT $$a$$|0A000|The stand-in does not imitate dollar-quoted texts
          SELECT 'a\\b'|0A000|The stand-in refuses backslashes in texts: Redshift may take them for escapes
          INSERT INTO t AS x VALUES (1)|42601|syntax error at or near "AS"
          DELETE FROM t a WHERE a.id = 1|42601|syntax error at or near "a"
          UPDATE t SET (a, b) = (1, 2)|42601|syntax error at or near "("
          CREATE TABLE t (a bigint, a bigint)|42701|column "a" specified more than once
          CREATE TABLE t (a bigint) DISTKEY (b)|42703|column "b" named in key does not exist
          CREATE TABLE t (a bigint) WITH (fillfactor = 70)|42601|syntax error at or near "WITH"
          CREATE TABLE t (a bigint CHECK (a > 0))|42601|syntax error at or near "CHECK"
          CREATE TABLE t (a numeric(39,0))|22023|DECIMAL precision 39 must be between 1 and 38
          CREATE TEMP TABLE t (a bigint) ON COMMIT DROP|42601|syntax error at or near "ON"
          SAVEPOINT a|0A000|SAVEPOINT is not supported
          VACUUM t|0A000|The stand-in does not imitate VACUUM t
          WITH x AS (DELETE FROM t) SELECT 1|42601|syntax error at or near "DELETE"
          """)
  void whatRedshiftLacksIsRefused(String sql, String state, String message) {
    // when
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> decide(sql));

    // then
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.message().fields()).containsEntry('C', state);
  }

  private Decision decide(String sql) throws Refusal {
    List<Decision> decisions = dialect.decideAll(sql);
    assertThat(decisions).hasSize(1);
    return decisions.get(0);
  }
}
