package dev.changelake.envelope;

import java.util.Locale;

/** What a record that says nothing of a row is. */
public enum ControlKind {
  /** A logical decoding message of the source's log. */
  MESSAGE,
  /** The connector is alive. */
  HEARTBEAT,
  /** A transaction begins or ends. */
  TRANSACTION,
  /** Statements changed the source's tables. */
  SCHEMA_CHANGE,
  /** A row of the table that commands are given to the connector in. */
  SIGNAL,
  /** The connector tells of a snapshot. */
  NOTIFICATION;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
