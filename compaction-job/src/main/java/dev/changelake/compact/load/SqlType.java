package dev.changelake.compact.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column as {@code format_type} writes it, PostgreSQL's and Redshift's.
 *
 * @param required whether the column is NOT NULL
 */
record SqlType(String name, boolean required) {
  private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
  private static final Pattern VARCHAR = Pattern.compile("character varying\\((\\d+)\\)");

  /** Whether the other type is wider, and has each value of this one exactly. */
  boolean fitsIn(SqlType wider) {
    return switch (name) {
      case "integer" ->
          wider.name.equals("bigint")
              || wider.name.equals("double precision")
              || wider.holds(10, 0);
      case "bigint" -> wider.holds(19, 0);
      case "real" -> wider.name.equals("double precision");
      default -> {
        Matcher text = VARCHAR.matcher(name);
        Matcher longer = VARCHAR.matcher(wider.name);
        if (text.matches() && longer.matches()) {
          yield Integer.parseInt(text.group(1)) < Integer.parseInt(longer.group(1));
        }
        Matcher numeric = NUMERIC.matcher(name);
        yield numeric.matches()
            && !name.equals(wider.name)
            && wider.holds(
                Integer.parseInt(numeric.group(1)) - Integer.parseInt(numeric.group(2)),
                Integer.parseInt(numeric.group(2)));
      }
    };
  }

  /** Whether numbers of so many digits before and behind the point are in it. */
  private boolean holds(int digits, int fraction) {
    Matcher numeric = NUMERIC.matcher(name);
    return numeric.matches()
        && Integer.parseInt(numeric.group(2)) >= fraction
        && Integer.parseInt(numeric.group(1)) - Integer.parseInt(numeric.group(2)) >= digits;
  }
}
