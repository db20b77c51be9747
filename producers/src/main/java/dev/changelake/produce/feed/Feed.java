package dev.changelake.produce.feed;

import java.time.LocalDate;
import java.util.stream.Stream;

/** The changes of one task on one day; each call of {@link #changes()} gives the same ones. */
public interface Feed {
  Task task();

  LocalDate day();

  /** How many changes there are. */
  long size();

  /** The changes in the order of the source's log. */
  Stream<Change> changes();

  /** The changes at their places in the source's log. */
  default Stream<ChangeEvent> events() {
    return SourceLog.events(this);
  }
}
