package dev.changelake.compact.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column as PostgreSQL's {@code format_type} writes it.
 *
 * @param required whether the column is NOT NULL
 */
record PostgresType(String name, boolean required) {
  private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");

  /** Whether the other type is wider, and has each value of this one exactly. */
  boolean fitsIn(PostgresType wider) {
    return switch (name) {
      case "integer" ->
          wider.name.equals("bigint")
              || wider.name.equals("double precision")
              || wider.holds(10, 0);
      case "bigint" -> wider.holds(19, 0);
      case "real" -> wider.name.equals("double precision");
      default -> {
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
