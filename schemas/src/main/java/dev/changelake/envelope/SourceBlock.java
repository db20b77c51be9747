package dev.changelake.envelope;

import java.util.Objects;

/**
 * The position of a change in a PostgreSQL log, as the envelope's {@code source} gives it.
 *
 * @param name the connector's {@code topic.prefix}
 * @param snapshot Debezium's snapshot marker: {@code true}, {@code first}, {@code last}, {@code
 *     false}
 * @param tsMs when the transaction committed, in milliseconds since 1970 in UTC
 */
public record SourceBlock(
    String name,
    String db,
    String schema,
    String table,
    String snapshot,
    long tsMs,
    long txId,
    long lsn) {
  public SourceBlock {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(db, "db");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(snapshot, "snapshot");
    if (lsn < 0 || txId < 0) {
      throw new IllegalArgumentException("lsn and txId must not be negative");
    }
  }
}
