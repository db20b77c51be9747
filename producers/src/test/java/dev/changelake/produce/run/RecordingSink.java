package dev.changelake.produce.run;

import dev.changelake.contract.TableContract;
import dev.changelake.produce.feed.ChangeEvent;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.publish.EventSink;
import dev.changelake.produce.publish.TopicTally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps what it is given. */
final class RecordingSink implements EventSink {
  final List<ChangeEvent> events = new ArrayList<>();
  private final List<String> journal;

  RecordingSink(List<String> journal) {
    this.journal = journal;
  }

  @Override
  public void prepare(Collection<TableContract> tables) {
    journal.add("prepare " + tables.size() + " topics");
  }

  @Override
  public List<TopicTally> publish(Feed feed, Runnable afterEach) {
    journal.add("publish " + feed.size());
    feed.events()
        .forEach(
            event -> {
              events.add(event);
              afterEach.run();
            });
    return List.of(new TopicTally("all", feed.size(), Map.of("any", feed.size())));
  }
}
