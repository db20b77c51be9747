package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.Decision.Effect;
import java.util.List;
import java.util.function.IntConsumer;

/** An ALTER TABLE in PostgreSQL's words: one change at a time, and few of them. */
final class TableChange {
  private static final List<String> CONSTRAINTS =
      List.of("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN");

  private TableChange() {}

  /** Reads what follows ALTER TABLE. */
  static Decision decide(SqlReader sql, IntConsumer varbytes) throws Refusal {
    refuseIf(sql);
    String table = sql.qualifiedName();
    String alter = "ALTER TABLE " + table + " ";
    if (sql.take("ADD")) {
      if (CONSTRAINTS.stream().anyMatch(word -> sql.peek().is(word))) {
        throw notImitated("ADD CONSTRAINT");
      }
      sql.take("COLUMN");
      refuseIf(sql);
      String column = TableDefinition.addedColumn(sql, varbytes);
      sql.expectEnd();
      return new Decision.Pass(alter + "ADD COLUMN " + column, Effect.NONE);
    }
    if (sql.take("DROP")) {
      if (sql.peek().is("CONSTRAINT")) {
        throw notImitated("DROP CONSTRAINT");
      }
      sql.take("COLUMN");
      refuseIf(sql);
      String column = SqlReader.quoted(sql.name());
      String how = sql.take("CASCADE") ? " CASCADE" : sql.take("RESTRICT") ? " RESTRICT" : "";
      sql.expectEnd();
      return new Decision.Pass(alter + "DROP COLUMN " + column + how, Effect.NONE);
    }
    if (sql.take("RENAME")) {
      return new Decision.Pass(alter + "RENAME " + renamed(sql), Effect.NONE);
    }
    if (sql.take("ALTER")) {
      return changedType(sql, table);
    }
    throw notImitated(sql.peek().text());
  }

  private static String renamed(SqlReader sql) throws Refusal {
    String from = "";
    if (!sql.peek().is("TO")) {
      sql.take("COLUMN");
      from = "COLUMN " + SqlReader.quoted(sql.name()) + " ";
    }
    sql.expect("TO");
    String to = SqlReader.quoted(sql.name());
    sql.expectEnd();
    return from + "TO " + to;
  }

  private static Decision changedType(SqlReader sql, String table) throws Refusal {
    sql.take("COLUMN");
    String column = sql.name();
    sql.expect("TYPE");
    if (!sql.peek().is("VARCHAR") && !sql.peek().is("CHARACTER")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED, "cannot alter type of column \"%s\"".formatted(column));
    }
    int bytes = RedshiftType.parse(sql, length -> {}).bytes().orElseThrow();
    sql.expectEnd();
    return new Decision.Alone(
        BackendObjects.widen(table, column, bytes),
        "ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
  }

  private static void refuseIf(SqlReader sql) throws Refusal {
    if (sql.peek().is("IF")) {
      throw sql.unexpected();
    }
  }

  private static Refusal notImitated(String what) {
    return new Refusal(Refusal.NOT_SUPPORTED, "The stand-in does not imitate ALTER TABLE " + what);
  }
}
