package dev.changelake.produce.publish;

import dev.changelake.contract.TableContract;
import dev.changelake.produce.feed.Feed;
import java.util.Collection;
import java.util.List;

/** Where events go. */
public interface EventSink {
  /**
   * Makes sure that there is a place for these tables' events, and so that the other side is up.
   */
  void prepare(Collection<TableContract> tables);

  /**
   * Writes all events of the feed and returns when each is safe.
   *
   * @param afterEach is run after each event
   */
  List<TopicTally> publish(Feed feed, Runnable afterEach);
}
