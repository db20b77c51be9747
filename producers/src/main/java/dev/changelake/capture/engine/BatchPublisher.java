package dev.changelake.capture.engine;

import dev.changelake.capture.source.CapturedTables;
import dev.changelake.capture.source.Marker;
import dev.changelake.capture.topic.LeftRows;
import dev.changelake.kafka.AckedSends;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes what Debezium reads, in its order; an event counts as processed when the brokers have
 * acknowledged it, and not before.
 */
public final class BatchPublisher implements ChangeConsumer<ChangeEvent<byte[], byte[]>> {
  private final Producer<byte[], byte[]> producer;
  private final TopicPreparation topics;
  private final Set<String> tableTopics;
  private final String messagesTopic;
  private final Marker marker;
  private final Runnable snapshotIsWhole;
  private final CountDownLatch markerSeen = new CountDownLatch(1);
  private final Map<String, Long> records = new ConcurrentSkipListMap<>();
  private final SafePosition position = new SafePosition();
  private Optional<LeftRows> snapshot;
  private volatile long removedRows;
  private volatile RuntimeException failure;

  /** Makes sure that a topic is there. */
  public interface TopicPreparation {
    void create(String topic);
  }

  /**
   * A publisher.
   *
   * @param snapshot the rows that a snapshot has to show, if one is taken
   * @param snapshotIsWhole is run when the log follows the snapshot
   */
  public BatchPublisher(
      Producer<byte[], byte[]> producer,
      TopicPreparation topics,
      CapturedTables tables,
      Marker marker,
      Optional<LeftRows> snapshot,
      Runnable snapshotIsWhole) {
    this.producer = producer;
    this.topics = topics;
    this.tableTopics = Set.copyOf(tables.topics());
    this.messagesTopic = tables.messagesTopic();
    this.marker = marker;
    this.snapshot = snapshot;
    this.snapshotIsWhole = snapshotIsWhole;
  }

  /** How many records each topic got, so far. */
  public Map<String, Long> records() {
    return new TreeMap<>(records);
  }

  /** How many rows were found deleted by a snapshot. */
  public long removedRows() {
    return removedRows;
  }

  /** Reaches zero when all before the marker is published. */
  public CountDownLatch markerSeen() {
    return markerSeen;
  }

  /** Why a batch could not be published; the engine itself may take long to end after that. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public boolean supportsTombstoneEvents() {
    return true;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> events,
      RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    boolean marked;
    try {
      marked = publish(events);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
    Optional<ChangeEvent<byte[], byte[]>> safe = position.after(events);
    if (safe.isPresent()) {
      committer.markProcessed(safe.get());
    }
    committer.markBatchFinished();
    if (marked) {
      markerSeen.countDown();
    }
  }

  /** Returns when all is acknowledged; tells whether the marker was among the events. */
  private boolean publish(List<ChangeEvent<byte[], byte[]>> events) {
    AckedSends sends = new AckedSends(producer);
    boolean marked = false;
    for (ChangeEvent<byte[], byte[]> event : events) {
      if (snapshot.isPresent()) {
        follow(event, snapshot.get(), sends);
      }
      String prefix =
          event.destination().equals(messagesTopic) ? EventText.messagePrefix(event.value()) : "";
      if (Marker.isMarker(prefix)) {
        marked |= prefix.equals(marker.prefix());
      } else {
        publish(record(event), sends);
      }
    }
    sends.await();
    return marked;
  }

  /** The first change or message, which no snapshot has, tells that it is whole. */
  private void follow(ChangeEvent<byte[], byte[]> event, LeftRows rows, AckedSends sends) {
    boolean ofTable = tableTopics.contains(event.destination());
    if (ofTable && EventText.isSnapshotRead(event.value())) {
      rows.shown(event.destination(), event.key());
    } else if (ofTable || event.destination().equals(messagesTopic)) {
      List<ProducerRecord<byte[], byte[]>> deleted = rows.tombstones();
      deleted.forEach(tombstone -> publish(tombstone, sends));
      sends.await();
      removedRows = deleted.size();
      snapshot = Optional.empty();
      snapshotIsWhole.run();
    }
  }

  private void publish(ProducerRecord<byte[], byte[]> record, AckedSends sends) {
    if (records.merge(record.topic(), 1L, Long::sum) == 1L) {
      topics.create(record.topic());
    }
    sends.send(record);
    sends.failOnFailure();
  }

  private static ProducerRecord<byte[], byte[]> record(ChangeEvent<byte[], byte[]> event) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(event.destination(), event.partition(), event.key(), event.value());
    for (Header<byte[]> header : event.<byte[]>headers()) {
      record.headers().add(header.getKey(), header.getValue());
    }
    return record;
  }
}
