package dev.changelake.compact.load;

import java.io.Serializable;

/** The text from which a kind of database reads a column's values, before it is quoted. */
interface CellText extends Serializable {
  /**
   * The text of a value that is not null.
   *
   * @throws RefusedCell if the database could not hold it
   */
  String of(Object value);
}
