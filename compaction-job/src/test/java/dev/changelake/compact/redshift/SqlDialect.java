package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.Decision.Effect;
import java.util.ArrayList;
import java.util.List;

/** Decides what becomes of each statement: passed on, rewritten, run by the stand-in, refused. */
final class SqlDialect {
  /** Splits a text of several statements at their semicolons. */
  List<Decision> decideAll(String sql) throws Refusal {
    List<Decision> decisions = new ArrayList<>();
    List<SqlToken> tokens = SqlToken.of(sql);
    int first = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || tokens.get(i).is(";")) {
        if (i > first) {
          decisions.add(decide(sql, tokens.subList(first, i)));
        }
        first = i + 1;
      }
    }
    return decisions;
  }

  private Decision decide(String sql, List<SqlToken> tokens) throws Refusal {
    SqlReader reader = new SqlReader(sql, tokens);
    if (reader.take("COPY")) {
      return new Decision.Copy(CopyCommand.parse(reader));
    }
    return new Decision.Pass(reader.rest(), effect(tokens));
  }

  private static Effect effect(List<SqlToken> tokens) {
    return switch (tokens.get(0).name()) {
      case "begin", "start" -> Effect.BEGINS;
      case "commit", "end", "rollback", "abort" -> Effect.ENDS;
      case "truncate" -> Effect.STANDS_ALONE;
      default -> Effect.NONE;
    };
  }
}
