package dev.changelake.compact.redshift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * A CREATE TABLE in PostgreSQL's words: keys are declared and not enforced, so they are left out,
 * but that a primary key's columns hold no null; so is what is about distribution and sorting.
 */
final class TableDefinition {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "collate",
          "default",
          "distkey",
          "encode",
          "generated",
          "identity",
          "not",
          "null",
          "primary",
          "references",
          "sortkey",
          "unique");

  private final SqlReader sql;
  private final IntConsumer varbytes;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final Set<String> notNull = new LinkedHashSet<>();
  private final Set<String> distributedBy = new LinkedHashSet<>();
  private final List<String> likes = new ArrayList<>();

  private TableDefinition(SqlReader sql, IntConsumer varbytes) {
    this.sql = sql;
    this.varbytes = varbytes;
  }

  /**
   * Reads what follows the word TABLE.
   *
   * @param create what stands before it
   */
  static String rewritten(SqlReader sql, String create, IntConsumer varbytes) throws Refusal {
    return new TableDefinition(sql, varbytes).read(create);
  }

  /** Reads a column that is added to a table. */
  static String addedColumn(SqlReader sql, IntConsumer varbytes) throws Refusal {
    TableDefinition table = new TableDefinition(sql, varbytes);
    table.column();
    if (table.notNull.isEmpty() || table.columns.values().iterator().next().contains(" DEFAULT ")) {
      return table.definitions().get(0);
    }
    throw new Refusal(
        Refusal.NOT_SUPPORTED,
        "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression");
  }

  private String read(String create) throws Refusal {
    String head = create + (sql.take("IF", "NOT", "EXISTS") ? "IF NOT EXISTS " : "");
    head += sql.qualifiedName();
    if (sql.peek().is("(")) {
      sql.expect("(");
      do {
        element();
      } while (sql.take(","));
      sql.expect(")");
    }
    attributes();
    if (sql.take("AS")) {
      if (!columns.isEmpty()) {
        throw Refusal.syntaxErrorAt("AS");
      }
      return head + " AS " + sql.rest();
    }
    sql.expectEnd();
    List<String> all = definitions();
    all.addAll(likes);
    if (all.isEmpty()) {
      throw sql.unexpected();
    }
    return "%s (%s)".formatted(head, String.join(", ", all));
  }

  private List<String> definitions() throws Refusal {
    for (Set<String> named : List.of(notNull, distributedBy)) {
      for (String column : named) {
        if (!columns.containsKey(column) && likes.isEmpty()) {
          throw new Refusal("42703", "column \"%s\" named in key does not exist".formatted(column));
        }
      }
    }
    List<String> definitions = new ArrayList<>();
    columns.forEach(
        (name, definition) ->
            definitions.add(definition + (notNull.contains(name) ? " NOT NULL" : "")));
    return definitions;
  }

  private void element() throws Refusal {
    if (sql.take("LIKE")) {
      String like = "LIKE " + sql.qualifiedName() + " INCLUDING CONSTRAINTS";
      if (sql.take("INCLUDING", "DEFAULTS")) {
        like += " INCLUDING DEFAULTS";
      } else {
        sql.take("EXCLUDING", "DEFAULTS");
      }
      likes.add(like);
      return;
    }
    if (sql.take("CONSTRAINT")) {
      sql.name();
    }
    if (sql.take("PRIMARY", "KEY")) {
      notNull.addAll(sql.names());
    } else if (sql.peek().is("UNIQUE") && sql.peek(1).is("(")) {
      sql.next();
      sql.names();
    } else if (sql.take("FOREIGN", "KEY")) {
      sql.names();
      sql.expect("REFERENCES");
      references();
    } else if (sql.peek().is("CHECK") && sql.peek(1).is("(")) {
      throw Refusal.notSupported("CHECK constraint");
    } else {
      column();
    }
  }

  private void references() throws Refusal {
    sql.qualifiedName();
    if (sql.peek().is("(")) {
      sql.names();
    }
  }

  private void column() throws Refusal {
    String name = sql.name();
    String definition = RedshiftType.parse(sql, varbytes).definition(name);
    while (ATTRIBUTES.contains(sql.peek().text().toLowerCase(Locale.ROOT))) {
      definition += attribute(name);
    }
    if (columns.put(name, definition) != null) {
      throw new Refusal("42701", "column \"%s\" specified more than once".formatted(name));
    }
  }

  private String attribute(String column) throws Refusal {
    String word = sql.word();
    switch (word) {
      case "default" -> {
        return " DEFAULT " + expression();
      }
      case "not" -> {
        sql.expect("NULL");
        notNull.add(column);
      }
      case "primary" -> {
        sql.expect("KEY");
        notNull.add(column);
      }
      case "encode" -> sql.name();
      case "references" -> references();
      case "distkey" -> distribute(column);
      case "null", "sortkey", "unique" -> {}
      default ->
          throw new Refusal(
              Refusal.NOT_SUPPORTED,
              "The stand-in does not imitate " + word.toUpperCase(Locale.ROOT));
    }
    return "";
  }

  private String expression() throws Refusal {
    int start = sql.position();
    do {
      if (sql.atEnd()) {
        throw sql.unexpected();
      }
      if (sql.peek().is("(")) {
        sql.skipParenthesised();
      } else {
        sql.next();
      }
    } while (!sql.atEnd()
        && !sql.peek().is(",")
        && !sql.peek().is(")")
        && !ATTRIBUTES.contains(sql.peek().text().toLowerCase(Locale.ROOT)));
    return sql.since(start);
  }

  private void distribute(String column) throws Refusal {
    if (!distributedBy.isEmpty()) {
      throw new Refusal(Refusal.SYNTAX_ERROR, "Only one DISTKEY is allowed in a table");
    }
    distributedBy.add(column);
  }

  private void attributes() throws Refusal {
    boolean byKey = true;
    while (!sql.atEnd() && !sql.peek().is("AS")) {
      if (sql.take("DISTSTYLE")) {
        byKey = sql.take("KEY");
        if (!byKey && !sql.take("AUTO") && !sql.take("EVEN")) {
          sql.expect("ALL");
        }
      } else if (sql.take("DISTKEY")) {
        sql.expect("(");
        distribute(sql.name());
        sql.expect(")");
      } else if (sql.take("SORTKEY", "AUTO") || sql.take("ENCODE", "AUTO")) {
        continue;
      } else if (sql.take("BACKUP")) {
        if (!sql.take("YES")) {
          sql.expect("NO");
        }
      } else {
        if (!sql.take("COMPOUND")) {
          sql.take("INTERLEAVED");
        }
        sql.expect("SORTKEY");
        sql.names();
      }
    }
    if (!byKey && !distributedBy.isEmpty()) {
      throw new Refusal(Refusal.SYNTAX_ERROR, "DISTKEY is allowed with DISTSTYLE KEY alone");
    }
  }
}
