package dev.changelake.compact.redshift;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of a statement: those that Redshift lacks are refused, some are replaced. */
final class SqlText {
  private static final String FUNCTION_PREFIX_REFUSED = "pg_advisory_";

  private static final Set<String> FUNCTIONS_REFUSED =
      Set.of(
          "array_agg",
          "clock_timestamp",
          "concat_ws",
          "format",
          "gen_random_uuid",
          "hashtext",
          "hashtextextended",
          "json_agg",
          "json_build_object",
          "jsonb_agg",
          "jsonb_build_object",
          "now",
          "pg_notify",
          "pg_sleep",
          "starts_with",
          "statement_timestamp",
          "string_agg",
          "to_jsonb",
          "to_regclass",
          "to_regnamespace",
          "to_regtype",
          "transaction_timestamp",
          "unnest");

  /** PostgreSQL's, which Redshift does not cast to. */
  private static final Set<String> TYPES_REFUSED =
      Set.of(
          "bytea",
          "hstore",
          "inet",
          "json",
          "jsonb",
          "money",
          "regnamespace",
          "serial",
          "uuid",
          "xml");

  private static final Map<String, String> TYPES =
      Map.of("super", BackendObjects.SUPER, "varbyte", "bytea", "varbinary", "bytea");

  /** Words that follow each other in PostgreSQL's grammar and not in Redshift's. */
  private static final List<List<String>> PHRASES_REFUSED =
      List.of(
          List.of("ON", "CONFLICT"),
          List.of("RETURNING"),
          List.of("FILTER", "(", "WHERE"),
          List.of("LATERAL"),
          List.of("AS", "MATERIALIZED"),
          List.of("AS", "NOT", "MATERIALIZED"),
          List.of("AS", "(", "INSERT"),
          List.of("AS", "(", "UPDATE"),
          List.of("AS", "(", "DELETE"),
          List.of("AS", "(", "MERGE"),
          List.of("ARRAY", "["),
          List.of("[", "]"),
          List.of("-", ">"),
          List.of("OVERRIDING"));

  private static final Map<List<String>, String> PHRASES_NOT_SUPPORTED =
      Map.of(
          List.of("DISTINCT", "ON"), "SELECT DISTINCT ON",
          List.of("DISTINCT", "FROM"), "IS DISTINCT FROM",
          List.of("FOR", "UPDATE"), "SELECT FOR UPDATE",
          List.of("FOR", "SHARE"), "SELECT FOR SHARE",
          List.of("CURRENT_TIMESTAMP"), "CURRENT_TIMESTAMP beside tables",
          List.of("LOCALTIMESTAMP"), "LOCALTIMESTAMP beside tables");

  private SqlText() {}

  /** A part of a statement, whole tokens, in PostgreSQL's words. */
  static String rewritten(String sql, List<SqlToken> tokens) throws Refusal {
    StringBuilder text = new StringBuilder();
    int copied = tokens.isEmpty() ? 0 : tokens.get(0).start();
    for (int i = 0; i < tokens.size(); i++) {
      check(tokens, i);
      SqlToken token = tokens.get(i);
      text.append(sql, copied, token.start()).append(replacement(tokens, i));
      copied = token.end();
    }
    return text.toString();
  }

  private static void check(List<SqlToken> tokens, int at) throws Refusal {
    SqlToken token = tokens.get(at);
    if (token.kind() == SqlToken.Kind.LITERAL && token.text().contains("\\")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED,
          "The stand-in refuses backslashes in texts: Redshift may take them for escapes");
    }
    if (token.isName() && follows(tokens, at, "(")) {
      String name = token.name();
      if (FUNCTIONS_REFUSED.contains(name) || name.startsWith(FUNCTION_PREFIX_REFUSED)) {
        throw new Refusal(Refusal.UNDEFINED_FUNCTION, "function %s does not exist".formatted(name));
      }
    }
    if (isTypeOfCast(tokens, at) && TYPES_REFUSED.contains(token.name())) {
      throw new Refusal(
          Refusal.UNDEFINED_TYPE, "type \"%s\" does not exist".formatted(token.name()));
    }
    for (List<String> phrase : PHRASES_REFUSED) {
      if (matches(tokens, at, phrase)) {
        throw Refusal.syntaxErrorAt(tokens.get(at + phrase.size() - 1).text());
      }
    }
    for (Map.Entry<List<String>, String> phrase : PHRASES_NOT_SUPPORTED.entrySet()) {
      if (matches(tokens, at, phrase.getKey())) {
        throw Refusal.notSupported(phrase.getValue());
      }
    }
  }

  private static String replacement(List<SqlToken> tokens, int at) {
    SqlToken token = tokens.get(at);
    if (token.kind() == SqlToken.Kind.QUOTED) {
      return SqlReader.quoted(token.name());
    }
    if (token.kind() != SqlToken.Kind.WORD) {
      return token.text();
    }
    String word = token.name();
    if (matches(tokens, at, List.of("pg_catalog", ".", "format_type"))) {
      return BackendObjects.SCHEMA;
    }
    if (BackendObjects.FUNCTIONS.contains(word) && follows(tokens, at, "(")) {
      return isQualified(tokens, at) ? token.text() : BackendObjects.function(word);
    }
    if (word.equals("sysdate") && !isQualified(tokens, at)) {
      return BackendObjects.function("getdate()");
    }
    return isTypeOfCast(tokens, at) ? TYPES.getOrDefault(word, token.text()) : token.text();
  }

  private static boolean isTypeOfCast(List<SqlToken> tokens, int at) {
    return at > 0
        && (tokens.get(at - 1).is("::") || tokens.get(at - 1).is("AS") && follows(tokens, at, ")"));
  }

  private static boolean isQualified(List<SqlToken> tokens, int at) {
    return at > 0 && tokens.get(at - 1).is(".");
  }

  private static boolean follows(List<SqlToken> tokens, int at, String symbol) {
    return at + 1 < tokens.size() && tokens.get(at + 1).is(symbol);
  }

  private static boolean matches(List<SqlToken> tokens, int at, List<String> phrase) {
    if (at + phrase.size() > tokens.size()) {
      return false;
    }
    for (int i = 0; i < phrase.size(); i++) {
      if (!tokens.get(at + i).is(phrase.get(i))) {
        return false;
      }
    }
    return true;
  }
}
