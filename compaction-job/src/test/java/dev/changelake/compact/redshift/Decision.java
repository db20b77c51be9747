package dev.changelake.compact.redshift;

import java.util.Objects;

/** What becomes of a statement that is not refused. */
sealed interface Decision {
  /** What it does to the transaction. */
  enum Effect {
    NONE,
    BEGINS,
    ENDS,
    /** Redshift has it outside of a transaction block only, or commits by it. */
    STANDS_ALONE
  }

  /** PostgreSQL gets it, in its own words. */
  record Pass(String sql, Effect effect) implements Decision {
    public Pass {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(effect, "effect");
    }
  }

  /** The stand-in does it. */
  record Copy(CopyCommand command) implements Decision {
    public Copy {
      Objects.requireNonNull(command, "command");
    }
  }
}
