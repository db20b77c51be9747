package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.Decision.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;

/** Decides what becomes of each statement: passed on, rewritten, run by the stand-in, refused. */
final class SqlDialect {
  private static final Set<String> PASSED =
      Set.of(
          "analyze",
          "close",
          "comment",
          "deallocate",
          "declare",
          "execute",
          "explain",
          "fetch",
          "grant",
          "prepare",
          "reset",
          "revoke",
          "select",
          "set",
          "show",
          "with");

  private final IntConsumer varbytes;

  /**
   * The dialect.
   *
   * @param varbytes is told of each length that a varbyte column has
   */
  SqlDialect(IntConsumer varbytes) {
    this.varbytes = Objects.requireNonNull(varbytes, "varbytes");
  }

  /** Splits a text of several statements at their semicolons. */
  List<Decision> decideAll(String sql) throws Refusal {
    List<Decision> decisions = new ArrayList<>();
    List<SqlToken> tokens = SqlToken.of(sql);
    int first = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || tokens.get(i).is(";")) {
        if (i > first) {
          decisions.add(decide(new SqlReader(sql, tokens.subList(first, i))));
        }
        first = i + 1;
      }
    }
    return decisions;
  }

  private Decision decide(SqlReader sql) throws Refusal {
    String verb = sql.word();
    switch (verb) {
      case "copy" -> {
        return new Decision.Copy(CopyCommand.parse(sql));
      }
      case "begin", "start" -> {
        return new Decision.Pass(sql.all(), Effect.BEGINS);
      }
      case "commit", "end", "rollback", "abort" -> {
        if (sql.peek().is("TO")) {
          throw Refusal.notSupported("SAVEPOINT");
        }
        return new Decision.Pass(sql.all(), Effect.ENDS);
      }
      case "savepoint", "release" -> throw Refusal.notSupported("SAVEPOINT");
      case "truncate" -> {
        return truncate(sql);
      }
      case "alter" -> {
        if (!sql.take("TABLE")) {
          throw notImitated(verb, sql);
        }
        return TableChange.decide(sql, varbytes);
      }
      case "create" -> {
        return new Decision.Pass(created(sql), Effect.NONE);
      }
      default -> {
        check(verb, sql);
        return new Decision.Pass(sql.all(), Effect.NONE);
      }
    }
  }

  private static Decision truncate(SqlReader sql) throws Refusal {
    sql.take("TABLE");
    String table = sql.qualifiedName();
    sql.expectEnd();
    return new Decision.Alone(
        "TRUNCATE " + table,
        "The stand-in refuses TRUNCATE in a transaction block: Redshift would commit it");
  }

  private String created(SqlReader sql) throws Refusal {
    boolean temporary =
        sql.take("LOCAL", "TEMPORARY")
            || sql.take("LOCAL", "TEMP")
            || sql.take("TEMPORARY")
            || sql.take("TEMP");
    if (sql.take("TABLE")) {
      return TableDefinition.rewritten(
          sql, temporary ? "CREATE TEMP TABLE " : "CREATE TABLE ", varbytes);
    }
    if (sql.peek().is("UNLOGGED")) {
      throw sql.unexpected();
    }
    if (sql.peek().is("INDEX") || sql.peek().is("UNIQUE")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED, "SQL command \"CREATE INDEX\" not supported on Redshift tables");
    }
    if (sql.peek().is("SCHEMA") || sql.peek().is("VIEW") || sql.take("OR", "REPLACE", "VIEW")) {
      return sql.all();
    }
    throw notImitated("create", sql);
  }

  private static void check(String verb, SqlReader sql) throws Refusal {
    switch (verb) {
      case "insert" -> {
        sql.expect("INTO");
        sql.qualifiedName();
        if (sql.peek().is("AS")) {
          throw sql.unexpected();
        }
      }
      case "update" -> {
        sql.qualifiedName();
        while (!sql.atEnd() && !sql.take("SET")) {
          sql.next();
        }
        if (sql.peek().is("(")) {
          throw sql.unexpected();
        }
      }
      case "delete" -> {
        sql.expect("FROM");
        sql.qualifiedName();
        // An alias is not documented.
        if (!sql.atEnd() && !sql.peek().is("USING") && !sql.peek().is("WHERE")) {
          throw sql.unexpected();
        }
      }
      case "merge" -> MergeCheck.check(sql);
      case "lock" -> {
        sql.take("TABLE");
        do {
          sql.qualifiedName();
        } while (sql.take(","));
        sql.expectEnd();
      }
      case "drop" -> {
        if (!sql.peek().is("TABLE") && !sql.peek().is("SCHEMA") && !sql.peek().is("VIEW")) {
          throw notImitated(verb, sql);
        }
      }
      default -> {
        if (!PASSED.contains(verb)) {
          throw notImitated(verb, sql);
        }
      }
    }
  }

  private static Refusal notImitated(String verb, SqlReader sql) {
    return new Refusal(
        Refusal.NOT_SUPPORTED,
        "The stand-in does not imitate %s %s"
            .formatted(verb.toUpperCase(Locale.ROOT), sql.peek().text()));
  }
}
