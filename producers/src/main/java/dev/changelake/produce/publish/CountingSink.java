package dev.changelake.produce.publish;

import dev.changelake.contract.TableContract;
import dev.changelake.produce.feed.Feed;
import java.util.Collection;
import java.util.List;

/** Counts the records of a feed, each encoded as it would be sent, and sends none. */
public final class CountingSink implements EventSink {
  private final EventEncoder encoder;

  public CountingSink(EventEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public void prepare(Collection<TableContract> tables) {}

  @Override
  public List<TopicTally> publish(Feed feed, Runnable afterEach) {
    Tallies tallies = new Tallies();
    feed.events()
        .forEach(
            event -> {
              encoder.encode(event).forEach(message -> tallies.add(event, message));
              afterEach.run();
            });
    return tallies.byTopic();
  }
}
