package dev.changelake.capture.engine;

import io.debezium.engine.ChangeEvent;
import java.util.List;
import java.util.Optional;

/**
 * Tells up to which event a batch may count as processed.
 *
 * <p>Events of one record of the database's log have one position: the parts of a changed key, the
 * rows of a COPY. Debezium may cut a batch between them, and after a restart it leaves out all that
 * has the position that was kept ({@code WalPositionLocator}). So no position is kept before an
 * event with another one has come.
 */
final class SafePosition {
  private ChangeEvent<byte[], byte[]> last;
  private Optional<String> lastLsn = Optional.empty();

  /**
   * Takes the next batch.
   *
   * @return the newest event after which a restart may go on; empty if that is none of the new ones
   */
  Optional<ChangeEvent<byte[], byte[]>> after(List<ChangeEvent<byte[], byte[]>> batch) {
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    ChangeEvent<byte[], byte[]> newest = batch.get(batch.size() - 1);
    ChangeEvent<byte[], byte[]> before = last;
    last = newest;
    if (isAlone(newest)) {
      lastLsn = Optional.empty();
      return Optional.of(newest);
    }
    Optional<String> group = Optional.empty();
    int begin = batch.size();
    for (int i = batch.size() - 1; i >= 0; i--) {
      Optional<String> lsn = EventText.lsn(batch.get(i).value());
      if (group.isPresent() && lsn.isPresent() && !lsn.equals(group)) {
        break;
      }
      group = group.or(() -> lsn);
      begin = lsn.isPresent() ? i : begin;
    }
    Optional<ChangeEvent<byte[], byte[]>> safe = Optional.empty();
    if (begin > 0 && begin < batch.size()) {
      safe = Optional.of(batch.get(begin - 1));
    } else if (begin == 0 && lastLsn.isPresent() && !lastLsn.equals(group)) {
      safe = Optional.of(before);
    }
    lastLsn = group.or(() -> lastLsn);
    return safe;
  }

  /**
   * A snapshot that is not whole is taken again as a whole; a message is one record of the log by
   * itself.
   */
  private static boolean isAlone(ChangeEvent<byte[], byte[]> event) {
    return EventText.isSnapshotRead(event.value())
        || !EventText.messagePrefix(event.value()).isEmpty();
  }
}
