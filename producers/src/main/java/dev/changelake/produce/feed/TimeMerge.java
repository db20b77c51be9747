package dev.changelake.produce.feed;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Merges tables' changes, each in the order of time, into the one log of their database. */
final class TimeMerge {
  private static final Comparator<Head> BY_TIME =
      Comparator.comparing((Head head) -> head.change.at()).thenComparingInt(head -> head.source);

  private TimeMerge() {}

  static Stream<Change> of(List<Stream<Change>> sources) {
    PriorityQueue<Head> heads = new PriorityQueue<>(BY_TIME);
    for (int i = 0; i < sources.size(); i++) {
      advance(heads, i, sources.get(i).iterator());
    }
    Iterator<Change> merged =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return !heads.isEmpty();
          }

          @Override
          public Change next() {
            if (heads.isEmpty()) {
              throw new NoSuchElementException();
            }
            Head head = heads.remove();
            advance(heads, head.source, head.rest);
            return head.change;
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private static void advance(PriorityQueue<Head> heads, int source, Iterator<Change> rest) {
    if (rest.hasNext()) {
      heads.add(new Head(source, rest.next(), rest));
    }
  }

  /** The next change of a source; equal times keep the order of the sources. */
  private record Head(int source, Change change, Iterator<Change> rest) {}
}
