package dev.changelake.compact.crash;

import dev.changelake.compact.stack.TestStack;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.history.HistoryPublisher;
import dev.changelake.oracle.history.HistoryRates;
import dev.changelake.oracle.history.OutRecord;
import dev.changelake.oracle.history.RandomHistory;
import java.util.ArrayList;
import java.util.List;

/** A random history, published so that each batch has records of every topic. */
final class Events {
  private static final int LEAST_RECORDS = 150;

  private final RandomHistory history;
  private final HistoryPublisher publisher;

  Events(TestStack stack, long seed) {
    stack.topics().create(2);
    history = new RandomHistory(seed, HistoryRates.wild());
    publisher = new HistoryPublisher(stack.bootstrapServers());
  }

  /** Publishes the next batch's records. */
  void publish() {
    List<OutRecord> records = new ArrayList<>();
    while (records.size() < LEAST_RECORDS || topics(records) < SourceTable.values().length) {
      records.addAll(history.nextBatch());
    }
    publisher.publish(records);
  }

  private static long topics(List<OutRecord> records) {
    return records.stream().map(OutRecord::topic).distinct().count();
  }
}
