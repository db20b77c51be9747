package dev.changelake.capture.run;

import dev.changelake.capture.engine.BatchPublisher;
import dev.changelake.capture.engine.EngineRun;
import dev.changelake.capture.engine.EngineSettings;
import dev.changelake.capture.source.CapturedTables;
import dev.changelake.capture.source.Marker;
import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.source.ServerLog;
import dev.changelake.capture.source.SourceDatabase;
import dev.changelake.capture.topic.Begun;
import dev.changelake.capture.topic.CapturePhase;
import dev.changelake.capture.topic.CaptureProgress;
import dev.changelake.capture.topic.LeftRows;
import dev.changelake.capture.topic.OffsetsTopic;
import dev.changelake.commandline.SchemaForm;
import dev.changelake.config.Configuration;
import dev.changelake.kafka.KafkaClients;
import dev.changelake.kafka.TopicContent;
import dev.changelake.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * One capture: check the database, find the place to begin at, publish from there on.
 *
 * <p>Killed at any point and run again it goes on: after a whole snapshot from the last position
 * that was kept, before that with a new snapshot. What is published twice has the same positions in
 * the database's log twice.
 */
public final class CaptureRun {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final CapturedTables tables;
  private final EngineSettings settings;
  private final KafkaClients clients;
  private final OffsetsTopic offsets;

  /** A capture of these tables of the configured database. */
  public CaptureRun(Configuration configuration, CapturedTables tables) {
    this.configuration = configuration;
    this.tables = tables;
    this.settings = new EngineSettings(configuration, tables);
    this.clients = new KafkaClients(configuration);
    this.offsets = new OffsetsTopic(settings.offsetsTopic(), settings.engine());
  }

  /**
   * Captures until it is asked to stop or, if that is wanted, has caught up.
   *
   * @param stop reaches zero when it shall stop
   * @param published is told again and again how many records each topic got
   */
  public CaptureResult run(
      Request request, CountDownLatch stop, Consumer<Map<String, Long>> published)
      throws InterruptedException {
    Admin admin = clients.admin();
    Producer<byte[], byte[]> producer = clients.producer();
    try (SourceDatabase database = SourceDatabase.connect(configuration.debezium())) {
      database.requireLogicalLog();
      database.requireTables(tables);
      database.lock(settings.slot());
      database.publish(settings.publication(), tables);
      Topics topics =
          new Topics(
              admin, configuration.topicPartitions(), configuration.topicReplicationFactor());
      topics.create(tables.topics());
      topics.createCompacted(offsets.name());
      ServerLog log = database.log();
      Begun begun =
          new Begun(
              CapturePhase.SNAPSHOT,
              database.identity(),
              settings.slot(),
              tables.names(),
              request.schema().toString(),
              database.relations(settings.publication(), tables),
              log.timeline());
      StartingPoint start = start(begun, log, request.snapshotAgain(), database, producer);
      Marker marker = new Marker(UUID.randomUUID().toString());
      BatchPublisher publisher =
          new BatchPublisher(
              producer,
              topic -> create(topics, topic),
              tables,
              marker,
              start == StartingPoint.SNAPSHOT ? Optional.of(leftRows()) : Optional.empty(),
              () -> offsets.write(begun.in(CapturePhase.STREAMING), producer));
      MarkerOnce markerOnce = new MarkerOnce(database, settings.slot(), marker);
      new EngineRun(settings.properties(request.schema() == SchemaForm.INLINE), publisher)
          .run(
              stop,
              request.untilCurrent() ? Optional.of(publisher.markerSeen()) : Optional.empty(),
              () -> {
                markerOnce.run();
                published.accept(publisher.records());
              });
      boolean caughtUp = request.untilCurrent() && publisher.markerSeen().getCount() == 0;
      return CaptureResult.of(
          caughtUp ? CaptureResult.Status.CAUGHT_UP : CaptureResult.Status.STOPPED,
          start.name().toLowerCase(Locale.ROOT),
          publisher.removedRows(),
          publisher.records());
    } finally {
      producer.close(Duration.ZERO);
      admin.close(CLOSING);
    }
  }

  /** Begins and ends of transactions need their order; those of a table's rows are by key. */
  private void create(Topics topics, String topic) {
    if (topic.equals(settings.transactionTopic())) {
      topics.createOrdered(topic);
    } else {
      topics.create(List.of(topic));
    }
  }

  /** What a capture is asked for. */
  public record Request(boolean untilCurrent, boolean snapshotAgain, SchemaForm schema) {}

  private StartingPoint start(
      Begun begun,
      ServerLog log,
      boolean again,
      SourceDatabase database,
      Producer<byte[], byte[]> producer)
      throws InterruptedException {
    Optional<ReplicationSlot> slot = database.freeSlot(settings.slot());
    CaptureProgress progress = reading(offsets::read);
    StartingPoint start =
        StartingPoint.decide(
            begun,
            progress,
            slot,
            log,
            reading(content -> content.holdsRecords(tables.topics())),
            again);
    if (start == StartingPoint.SNAPSHOT) {
      // In this order: whoever is killed in between is sent here again.
      offsets.write(begun, producer);
      offsets.forgetPosition(progress, producer);
      slot.ifPresent(database::dropSlot);
    } else {
      // An earlier version kept less, and a failover that lost nothing begins another timeline.
      Begun earlier = progress.begun().orElseThrow();
      Begun goingOn = begun.goingOn(earlier);
      if (!goingOn.equals(earlier)) {
        offsets.write(goingOn, producer);
      }
    }
    return start;
  }

  private LeftRows leftRows() {
    return reading(content -> LeftRows.in(content, tables.topics()));
  }

  private <T> T reading(Function<TopicContent, T> question) {
    try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer = clients.consumer()) {
      return question.apply(new TopicContent(consumer));
    }
  }
}
