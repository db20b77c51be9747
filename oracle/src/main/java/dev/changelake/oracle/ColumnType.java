package dev.changelake.oracle;

/** The types of the model, and so of the cells that the oracle states. */
public enum ColumnType {
  BIGINT,
  INT,
  BOOLEAN,
  STRING,
  DATE,
  TIMESTAMP,
  /** decimal(18,2), the only one in the model. */
  DECIMAL;

  /** Digits of a decimal in all. */
  public static final int DECIMAL_PRECISION = 18;

  /** Digits of a decimal after the point. */
  public static final int DECIMAL_SCALE = 2;
}
