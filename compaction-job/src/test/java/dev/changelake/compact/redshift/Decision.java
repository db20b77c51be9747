package dev.changelake.compact.redshift;

import java.util.Objects;

/** What becomes of a statement that is not refused. */
sealed interface Decision {
  /** What it does to the transaction. */
  enum Effect {
    NONE,
    BEGINS,
    ENDS
  }

  /** What PostgreSQL gets in its place, in its own words. */
  String sql();

  /** PostgreSQL does it. */
  record Pass(String sql, Effect effect) implements Decision {
    public Pass {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(effect, "effect");
    }
  }

  /**
   * PostgreSQL does it, outside of a transaction block only.
   *
   * @param inBlock what is said within one
   */
  record Alone(String sql, String inBlock) implements Decision {
    public Alone {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(inBlock, "inBlock");
    }
  }

  /** The stand-in does it. */
  record Copy(CopyCommand command) implements Decision {
    public Copy {
      Objects.requireNonNull(command, "command");
    }

    @Override
    public String sql() {
      return "";
    }
  }
}
