package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.TableRow;
import java.time.Instant;
import java.util.Objects;

/**
 * A change of one row.
 *
 * @param row the row after the change; of a deleted row, as it was before
 * @param at when it was committed
 */
public record Change(Operation operation, TableRow row, Instant at) {
  public Change {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(at, "at");
  }

  public String table() {
    return row.table();
  }

  /** Whether the change brought the row into being. */
  public boolean creates() {
    return operation == Operation.READ || operation == Operation.CREATE;
  }
}
