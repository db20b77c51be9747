package dev.changelake.oracle;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record with what the oracle read in it.
 *
 * @param key the key columns' values; of a change, a tombstone, and a quarantined record whose key
 *     can be read; else null
 * @param op one of c, r, u, d; null unless a change
 * @param position of a quarantined record only its lsn, if that can be read
 * @param row the cells that {@code after} shows, decoded; null unless c, r or u
 * @param leftOut the columns that the source did not send because the row kept them
 * @param reason why it is in quarantine; null when it is not
 */
record Landed(
    LogRecord record,
    SourceTable source,
    Landing landing,
    List<Object> key,
    String op,
    Position position,
    Map<String, Object> row,
    Set<String> leftOut,
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

  boolean isTruncate() {
    return landing == Landing.TRUNCATE;
  }

  /** A change or a tombstone: what is applied to its key. */
  boolean isApplicable() {
    return landing == Landing.CHANGE || isTombstone();
  }

  static Landed change(
      LogRecord record,
      SourceTable source,
      List<Object> key,
      String op,
      Position position,
      Map<String, Object> row,
      Set<String> leftOut) {
    return new Landed(record, source, Landing.CHANGE, key, op, position, row, leftOut, null);
  }

  static Landed tombstone(LogRecord record, SourceTable source, List<Object> key) {
    return of(record, source, Landing.TOMBSTONE, key, Position.NONE, null);
  }

  static Landed truncate(LogRecord record, SourceTable source, Position position) {
    return of(record, source, Landing.TRUNCATE, null, position, null);
  }

  static Landed control(LogRecord record, SourceTable source) {
    return of(record, source, Landing.CONTROL, null, Position.NONE, null);
  }

  static Landed quarantined(
      LogRecord record, SourceTable source, List<Object> key, Long lsn, String reason) {
    return of(record, source, Landing.QUARANTINED, key, new Position(lsn, null), reason);
  }

  private static Landed of(
      LogRecord record,
      SourceTable source,
      Landing landing,
      List<Object> key,
      Position position,
      String reason) {
    return new Landed(record, source, landing, key, null, position, null, Set.of(), reason);
  }
}
