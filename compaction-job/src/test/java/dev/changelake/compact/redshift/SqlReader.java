package dev.changelake.compact.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the tokens of one statement from left to right. */
final class SqlReader {
  private static final SqlToken END = new SqlToken(SqlToken.Kind.SYMBOL, "end of input", 0);

  private final String sql;
  private final List<SqlToken> tokens;
  private int at;

  SqlReader(String sql, List<SqlToken> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  SqlToken peek() {
    return peek(0);
  }

  SqlToken peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  SqlToken next() {
    SqlToken token = peek();
    at++;
    return token;
  }

  /** Whether these words follow, which are then behind. */
  boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).is(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  void expect(String... words) throws Refusal {
    if (!take(words)) {
      throw unexpected();
    }
  }

  void expectEnd() throws Refusal {
    if (!atEnd()) {
      throw unexpected();
    }
  }

  Refusal unexpected() {
    return Refusal.syntaxErrorAt(peek().text());
  }

  String name() throws Refusal {
    if (!peek().isName()) {
      throw unexpected();
    }
    return next().name();
  }

  /** A name that may be qualified, quoted for PostgreSQL. */
  String qualifiedName() throws Refusal {
    StringBuilder name = new StringBuilder(quoted(name()));
    while (take(".")) {
      name.append('.').append(quoted(name()));
    }
    return name.toString();
  }

  String literal() throws Refusal {
    if (peek().kind() != SqlToken.Kind.LITERAL) {
      throw unexpected();
    }
    return next().value();
  }

  int number() throws Refusal {
    if (peek().kind() != SqlToken.Kind.NUMBER) {
      throw unexpected();
    }
    try {
      return Integer.parseInt(next().text());
    } catch (NumberFormatException e) {
      throw Refusal.syntaxErrorAt(tokens.get(at - 1).text());
    }
  }

  String word() {
    return next().text().toLowerCase(Locale.ROOT);
  }

  /** Leaves what is in parentheses, which follow, behind. */
  void skipParenthesised() throws Refusal {
    expect("(");
    for (int depth = 1; depth > 0; ) {
      if (atEnd()) {
        throw unexpected();
      }
      SqlToken token = next();
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }

  /** Where the reader is, for {@link #since}. */
  int position() {
    return at;
  }

  /** What was read since then, in PostgreSQL's words. */
  String since(int position) throws Refusal {
    return SqlText.rewritten(sql, tokens.subList(position, Math.min(at, tokens.size())));
  }

  /** The whole statement, in PostgreSQL's words. */
  String all() throws Refusal {
    at = tokens.size();
    return since(0);
  }

  /** All that is left, in PostgreSQL's words. */
  String rest() throws Refusal {
    int position = at;
    at = tokens.size();
    return since(position);
  }

  /** Names in parentheses, which follow. */
  List<String> names() throws Refusal {
    List<String> names = new ArrayList<>();
    expect("(");
    do {
      names.add(name());
    } while (take(","));
    expect(")");
    return names;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
