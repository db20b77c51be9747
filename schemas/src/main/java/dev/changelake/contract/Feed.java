package dev.changelake.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Another table's records that become rows of this one.
 *
 * <p>A record of the source is a row here while all conditions hold; when they stop to hold, or the
 * key that it maps to changes, the earlier row goes.
 *
 * @param from the table whose topic feeds this one
 * @param when conditions on columns of the source, all of which must hold
 * @param columns for each column of this table, where its value comes from
 */
public record Feed(String from, List<Condition> when, Map<String, Value> columns) {
  public Feed {
    Objects.requireNonNull(from, "from");
    when = List.copyOf(when);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** A test of one column of the source. */
  public record Condition(String column, Test test) {
    public Condition {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(test, "test");
    }
  }

  /** What can be asked of a column. */
  public enum Test {
    IS_TRUE,
    IS_FALSE,
    IS_NULL,
    IS_NOT_NULL;

    static Test fromCode(String code) {
      for (Test test : values()) {
        if (test.code().equals(code)) {
          return test;
        }
      }
      throw new IllegalArgumentException("is must be true, false, null or not_null, was " + code);
    }

    String code() {
      return name().substring("IS_".length()).toLowerCase(Locale.ROOT);
    }
  }

  /** Where a value comes from: a column of the source, or the contract itself. */
  public sealed interface Value {}

  /** The value of a column of the source. */
  public record FromColumn(String column) implements Value {
    public FromColumn {
      Objects.requireNonNull(column, "column");
    }
  }

  /** A boolean that is the same for all records. */
  public record BooleanConstant(boolean value) implements Value {}

  /** No value. */
  public record NullConstant() implements Value {}
}
