package dev.changelake.envelope;

import java.util.Locale;

/** Why a record cannot be applied. */
public enum QuarantineReason {
  /** The record has no key, so it cannot be said which row it is about. */
  MISSING_KEY,
  /** The key is not a JSON object with exactly the contract's key columns. */
  UNDECODABLE_KEY,
  /** The value is not a JSON envelope, or not an object where rows are flattened. */
  UNDECODABLE_VALUE,
  /** An envelope where the contract has rows alone, or a row alone where it has envelopes. */
  WRONG_FORM,
  /** The envelope's operation is none that Debezium documents. */
  UNKNOWN_OPERATION,
  /** The operation is known, but the table's contract does not let it happen. */
  OPERATION_NOT_ALLOWED,
  /** The source block names another table. */
  FOREIGN_TABLE,
  /** The source block names another connector, database or schema than the topic's. */
  OTHER_SOURCE,
  /** An image that the operation needs is missing, or one is there that it cannot have. */
  WRONG_IMAGE,
  /** The record's key and the payload's key columns differ. */
  KEY_MISMATCH,
  /** The payload has a column that the contract does not know. */
  UNKNOWN_COLUMN,
  /** The payload lacks a column of the contract, which no longer says what the row has in it. */
  MISSING_COLUMN,
  /** A column that is not nullable has no value. */
  NULL_IN_REQUIRED_COLUMN,
  /** A number has more digits than its column. */
  DECIMAL_OVERFLOW,
  /** A value is not of its column's type, or cannot be kept exactly. */
  TYPE_MISMATCH,
  /** A value is infinity or no number, for which its column's type has no value. */
  SPECIAL_VALUE,
  /** The source left out a line, a value of the key, or one of a table that takes inserts alone. */
  UNAVAILABLE_VALUE,
  /** A line of text is not in the contract's format. */
  BROKEN_LINE,
  /** Another source already holds the key in the target table. */
  SOURCE_CONFLICT;

  /** The place in a value at which a reason ends, which differs from record to record. */
  public static final String PLACE = " at (byte|character) [0-9]+$";

  /** Whether a contract that is as the source is now might take the record. */
  public boolean mayBeDrift() {
    return switch (this) {
      case UNDECODABLE_KEY,
          UNKNOWN_COLUMN,
          MISSING_COLUMN,
          NULL_IN_REQUIRED_COLUMN,
          DECIMAL_OVERFLOW,
          TYPE_MISMATCH ->
          true;
      default -> false;
    };
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
