package dev.changelake.produce.publish;

import dev.changelake.produce.feed.Feed;
import java.util.Collection;
import java.util.List;

/** Where events go. */
public interface EventSink {
  /** Makes sure that the topics are there, and so that the brokers are. */
  void prepare(Collection<String> topics);

  /**
   * Writes all events of the feed and returns when each is safe.
   *
   * @param afterEach is run after each event
   */
  List<TopicTally> publish(Feed feed, Runnable afterEach);
}
