package dev.changelake.envelope;

import java.util.List;

/** What is known of a record so far. */
final class Draft {
  RecordStatus status;
  ControlKind control;
  String op;
  Long lsn;
  Long txId;
  Long sourceTsMs;
  SourceOrigin origin = SourceOrigin.UNKNOWN;
  Object[] key;
  Object[] before;
  Object[] after;
  Object[] oldKey;
  List<String> unavailable = List.of();

  /** Reads where the change stands; the lsn first, by which even a refused change is placed. */
  void read(WireChange change) throws Quarantine {
    origin = change.origin();
    lsn = change.lsn();
    op = change.op();
    sourceTsMs = change.sourceTsMs();
    txId = change.txId();
  }

  DecodedRecord record(RecordStatus outcome, String reason) {
    return new DecodedRecord(
        outcome,
        reason,
        control,
        op,
        lsn,
        txId,
        sourceTsMs,
        origin,
        key,
        before,
        after,
        oldKey,
        unavailable);
  }
}
