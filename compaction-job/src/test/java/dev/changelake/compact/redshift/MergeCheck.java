package dev.changelake.compact.redshift;

/** Refuses what Redshift's MERGE does not know: it has one row of actions, without conditions. */
final class MergeCheck {
  private MergeCheck() {}

  /** Reads what follows the word MERGE. */
  static void check(SqlReader sql) throws Refusal {
    sql.expect("INTO");
    sql.qualifiedName();
    // An alias of the target is not documented.
    sql.expect("USING");
    if (sql.peek().is("(")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED, "MERGE with a subquery as its source is not supported");
    }
    sql.qualifiedName();
    if (!sql.take("AS") && sql.peek().is("ON")) {
      sql.expect("ON");
    } else {
      sql.name();
      sql.expect("ON");
    }
    toWhen(sql);
    sql.expect("WHEN", "MATCHED", "THEN");
    if (!sql.take("UPDATE", "SET")) {
      sql.expect("DELETE");
    }
    toWhen(sql);
    sql.expect("WHEN", "NOT", "MATCHED", "THEN", "INSERT");
    toWhen(sql);
    sql.expectEnd();
  }

  private static void toWhen(SqlReader sql) {
    while (!sql.atEnd()
        && !(sql.peek().is("WHEN") && (sql.peek(1).is("MATCHED") || sql.peek(1).is("NOT")))) {
      sql.next();
    }
  }
}
