package dev.changelake.produce.feed;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Numbers a feed's changes.
 *
 * <p>A position is {@code day << 32 | task << 28 | ordinal * 8}: it grows along a task, two tasks
 * never share one, and a later day is always higher.
 */
final class SourceLog {
  private static final int DAY_SHIFT = 32;
  private static final int TASK_SHIFT = 28;
  private static final int STEP = 8;

  private SourceLog() {}

  static Stream<ChangeEvent> events(Feed feed) {
    if (feed.size() > (1L << TASK_SHIFT) / STEP) {
      throw new IllegalArgumentException("too many changes for one task: " + feed.size());
    }
    Iterator<ChangeEvent> iterator = new Numbering(feed);
    return StreamSupport.stream(
        Spliterators.spliterator(iterator, feed.size(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private static long lsn(Feed feed, long ordinal) {
    return (feed.day().toEpochDay() << DAY_SHIFT)
        + ((long) feed.task().code() << TASK_SHIFT)
        + ordinal * STEP;
  }

  /** The initial data is one snapshot transaction; later each change is a transaction. */
  private static long txId(Feed feed, long ordinal) {
    return lsn(feed, feed.task() == Task.INIT ? 0 : ordinal) / STEP;
  }

  private static String snapshot(Feed feed, long ordinal) {
    if (feed.task() != Task.INIT) {
      return "false";
    }
    return ordinal == 0 ? "first" : ordinal == feed.size() - 1 ? "last" : "true";
  }

  private static final class Numbering implements Iterator<ChangeEvent> {
    private final Feed feed;
    private final Iterator<Change> changes;
    private long ordinal;

    Numbering(Feed feed) {
      this.feed = feed;
      this.changes = feed.changes().iterator();
    }

    @Override
    public boolean hasNext() {
      return changes.hasNext();
    }

    @Override
    public ChangeEvent next() {
      ChangeEvent event =
          new ChangeEvent(
              changes.next(), snapshot(feed, ordinal), lsn(feed, ordinal), txId(feed, ordinal));
      ordinal++;
      return event;
    }
  }
}
