package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.RecordForm;

/** A change of one row, or of all, as it is on the wire. */
interface WireChange {
  RecordForm form();

  /** The operation's code, known or not; null if the form does not tell it. */
  String op() throws Quarantine;

  Long lsn() throws Quarantine;

  Long txId() throws Quarantine;

  /** When the transaction committed. */
  Long sourceTsMs() throws Quarantine;

  /** The source's table; null if it is not told. */
  String table();

  /** Where the change comes from, as far as it is said. */
  SourceOrigin origin();

  /** The row before the change; null if there is none. */
  JsonNode before() throws Quarantine;

  WireSchema beforeSchema();

  /** The row after the change; null if there is none. */
  JsonNode after() throws Quarantine;

  WireSchema afterSchema();
}
