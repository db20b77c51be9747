package dev.changelake.compact.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A token of SQL, and where it stands.
 *
 * @param text as it was written
 */
record SqlToken(Kind kind, String text, int start) {
  enum Kind {
    WORD,
    QUOTED,
    LITERAL,
    NUMBER,
    SYMBOL
  }

  int end() {
    return start + text.length();
  }

  /** Whether it is this keyword, or this symbol. */
  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** The name, folded as Redshift does it: to lower case, quoted or not. */
  String name() {
    String plain =
        kind == Kind.QUOTED ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    return plain.toLowerCase(Locale.ROOT);
  }

  /** A literal's value, or the word itself. */
  String value() {
    return kind == Kind.LITERAL ? text.substring(1, text.length() - 1).replace("''", "'") : text;
  }

  /** The tokens of a text, without its comments and white space. */
  static List<SqlToken> of(String sql) throws Refusal {
    List<SqlToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end;
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? sql.length() : line;
        continue;
      } else if (sql.startsWith("/*", at)) {
        at = after(sql, "*/", at + 2);
        continue;
      } else if (c == '\'' || c == '"') {
        end = quotedEnd(sql, at, c);
        tokens.add(token(c == '"' ? Kind.QUOTED : Kind.LITERAL, sql, at, end));
      } else if (sql.startsWith("$$", at)) {
        throw new Refusal(
            Refusal.NOT_SUPPORTED, "The stand-in does not imitate dollar-quoted texts");
      } else if (Character.isLetter(c) || c == '_') {
        end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
          end++;
        }
        tokens.add(token(Kind.WORD, sql, at, end));
      } else if (Character.isDigit(c) || c == '$') {
        end = at + 1;
        while (end < sql.length()
            && (Character.isDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
          end++;
        }
        tokens.add(token(Kind.NUMBER, sql, at, end));
      } else {
        end = at + (sql.startsWith("::", at) ? 2 : 1);
        tokens.add(token(Kind.SYMBOL, sql, at, end));
      }
      at = end;
    }
    return tokens;
  }

  private static SqlToken token(Kind kind, String sql, int start, int end) {
    return new SqlToken(kind, sql.substring(start, end), start);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static int quotedEnd(String sql, int start, char quote) throws Refusal {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new Refusal(Refusal.SYNTAX_ERROR, "unterminated quoted string");
  }

  private static int after(String sql, String end, int from) throws Refusal {
    int found = sql.indexOf(end, from);
    if (found < 0) {
      throw new Refusal(Refusal.SYNTAX_ERROR, "unterminated comment");
    }
    return found + end.length();
  }
}
