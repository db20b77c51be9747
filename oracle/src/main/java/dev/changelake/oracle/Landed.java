package dev.changelake.oracle;

import java.util.List;
import java.util.Map;

/**
 * A record with what the oracle read in it.
 *
 * @param key the key columns' values; null unless a change or a tombstone
 * @param op one of c, r, u, d; null unless a change
 * @param row the decoded {@code after}; null unless c, r or u
 * @param reason why it is in quarantine; null when it is not
 */
record Landed(
    LogRecord record,
    SourceTable source,
    Landing landing,
    List<Object> key,
    String op,
    Long lsn,
    Map<String, Object> row,
    String reason) {

  SourceKey sourceKey() {
    return new SourceKey(source, key);
  }

  boolean isDelete() {
    return "d".equals(op);
  }

  boolean isTombstone() {
    return landing == Landing.TOMBSTONE;
  }

  static Landed change(
      LogRecord record,
      SourceTable source,
      List<Object> key,
      String op,
      Long lsn,
      Map<String, Object> row) {
    return new Landed(record, source, Landing.CHANGE, key, op, lsn, row, null);
  }

  static Landed tombstone(LogRecord record, SourceTable source, List<Object> key) {
    return new Landed(record, source, Landing.TOMBSTONE, key, null, null, null, null);
  }

  static Landed control(LogRecord record, SourceTable source) {
    return new Landed(record, source, Landing.CONTROL, null, null, null, null, null);
  }

  static Landed quarantined(LogRecord record, SourceTable source, String reason) {
    return new Landed(record, source, Landing.QUARANTINED, null, null, null, null, reason);
  }
}
