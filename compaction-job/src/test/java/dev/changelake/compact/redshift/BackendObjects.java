package dev.changelake.compact.redshift;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.Driver;

/** What the stand-in needs in PostgreSQL to imitate types and functions: a schema of its own. */
final class BackendObjects {
  static final String SCHEMA = "redshift_stand_in";
  static final String SUPER = SCHEMA + ".super";

  /** The functions, by the names that Redshift has for them. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "format_type",
          "from_varbyte",
          "getdate",
          "json_parse",
          "json_serialize",
          "pg_last_copy_count",
          "to_varbyte");

  private final BackendLogin login;
  private final Set<Integer> varbytes = ConcurrentHashMap.newKeySet();

  BackendObjects(BackendLogin login) {
    this.login = login;
  }

  static String function(String name) {
    return SCHEMA + "." + name;
  }

  /** A domain for each length, so that the catalog shows it. */
  static String varbyte(int length) {
    return "%s.\"binary varying(%d)\"".formatted(SCHEMA, length);
  }

  static String widen(String table, String column, int bytes) {
    return "CALL %s.widen('%s'::regclass, '%s', %d)"
        .formatted(SCHEMA, table.replace("'", "''"), column.replace("'", "''"), bytes);
  }

  /** Creates the type if it is new, at once and for all sessions. */
  void needVarbyte(int length) {
    if (varbytes.add(length)) {
      run(
          domain(
              varbyte(length),
              "bytea CONSTRAINT \"too long for binary varying(%d)\" CHECK (octet_length(VALUE) <= %d)"
                  .formatted(length, length)));
    }
  }

  void create() {
    run(
        "CREATE SCHEMA IF NOT EXISTS " + SCHEMA,
        domain(SUPER, "jsonb"),
        function("getdate()", "timestamp", "SELECT clock_timestamp()::timestamp(0)"),
        function("json_parse(value text)", SUPER, "SELECT value::jsonb"),
        function("json_serialize(value jsonb)", "text", "SELECT value::text"),
        function("to_varbyte(value text, format text)", "bytea", "SELECT decode(value, format)"),
        function("from_varbyte(value bytea, format text)", "text", "SELECT encode(value, format)"),
        function(
            "pg_last_copy_count()",
            "bigint",
            "SELECT coalesce(nullif(current_setting('%s', true), ''), '-1')::bigint"
                .formatted(LAST_COPY_COUNT)),
        function(
            "format_type(kind oid, modifier integer)",
            "text",
            """
            SELECT CASE WHEN n.nspname = '%s' THEN t.typname
                   ELSE pg_catalog.format_type(kind, modifier) END
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = kind"""
                .formatted(SCHEMA)),
        WIDEN);
  }

  /** Where a session keeps what {@code pg_last_copy_count} tells. */
  static final String LAST_COPY_COUNT = SCHEMA + ".last_copy_count";

  private static final String WIDEN =
      """
      CREATE OR REPLACE PROCEDURE redshift_stand_in.widen(target regclass, col name, size integer)
      LANGUAGE plpgsql AS $$
      DECLARE
        present record;
        outdated name;
      BEGIN
        SELECT attnum, atttypid, atttypmod - 4 AS size INTO present FROM pg_attribute
        WHERE attrelid = target AND attname = col AND NOT attisdropped;
        IF NOT FOUND THEN
          RAISE EXCEPTION USING ERRCODE = '42703',
            MESSAGE = format('column "%s" of relation "%s" does not exist', col, target);
        END IF;
        IF present.atttypid <> 'varchar'::regtype THEN
          RAISE EXCEPTION USING ERRCODE = '0A000',
            MESSAGE = format('cannot alter type of column "%s"', col);
        END IF;
        IF present.size >= size THEN
          RAISE EXCEPTION USING ERRCODE = '0A000',
            MESSAGE = format('target column size of "%s" should be different and larger', col);
        END IF;
        FOR outdated IN SELECT conname FROM pg_constraint
          WHERE conrelid = target AND contype = 'c' AND conkey = ARRAY[present.attnum]
        LOOP
          EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', target, outdated);
        END LOOP;
        EXECUTE format(
          'ALTER TABLE %s ALTER COLUMN %I TYPE varchar(%s), '
          'ADD CONSTRAINT %I CHECK (octet_length(%I) <= %s)',
          target, col, size,
          format('too long for character varying(%s) of %s', size, present.attnum), col, size);
      END $$""";

  private static String function(String signature, String returns, String body) {
    return "CREATE OR REPLACE FUNCTION %s.%s RETURNS %s LANGUAGE sql AS $$%s$$"
        .formatted(SCHEMA, signature, returns, body);
  }

  private static String domain(String name, String definition) {
    return """
    DO $$BEGIN CREATE DOMAIN %s AS %s; EXCEPTION WHEN duplicate_object THEN NULL; END$$"""
        .formatted(name, definition);
  }

  private void run(String... statements) {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    try (Connection connection = new Driver().connect(login.url(), properties);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
