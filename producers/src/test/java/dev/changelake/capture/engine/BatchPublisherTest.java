package dev.changelake.capture.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.changelake.capture.source.CapturedTables;
import dev.changelake.capture.source.Marker;
import dev.changelake.capture.topic.LeftRows;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.Offsets;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class BatchPublisherTest {
  private static final String TOPIC = "b2b.public.companies";
  private static final String MESSAGES = "b2b.message";

  private final MockProducer<byte[], byte[]> producer = producer();
  private final List<String> journal = new ArrayList<>();

  @Test
  void events_are_published_as_they_are() throws Exception {
    // given
    BatchPublisher publisher = publisher(producer, Optional.empty());

    // when
    publisher.handleBatch(
        List.of(
            event(TOPIC, "{\"company_id\":1}", "{\"op\":\"d\"}"),
            event(TOPIC, "{\"company_id\":1}", null)),
        new Committer());

    // then
    assertThat(producer.history())
        .extracting(record -> text(record.key()), record -> text(record.value()))
        .containsExactly(
            tuple("{\"company_id\":1}", "{\"op\":\"d\"}"), tuple("{\"company_id\":1}", null));
    assertThat(journal).containsExactly("topic " + TOPIC, "batch finished");
    assertThat(publisher.records()).containsEntry(TOPIC, 2L);
  }

  @Test
  void a_record_that_is_refused_leaves_the_whole_batch_unprocessed() {
    // given
    MockProducer<byte[], byte[]> refusing = producer();
    refusing.sendException = new RecordTooLargeException("too large");
    BatchPublisher publisher = publisher(refusing, Optional.empty());

    // when, then
    assertThatThrownBy(
            () ->
                publisher.handleBatch(
                    List.of(event(TOPIC, "{\"company_id\":1}", "{\"op\":\"c\"}")), new Committer()))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining(TOPIC);
    assertThat(journal).containsExactly("topic " + TOPIC);
  }

  @Test
  void rows_that_a_whole_snapshot_has_not_shown_are_deleted_before_the_log_goes_on()
      throws Exception {
    // given
    LeftRows left = left("{\"company_id\":1}", "{\"company_id\":2}");
    BatchPublisher publisher = publisher(producer, Optional.of(left));

    // when
    publisher.handleBatch(
        List.of(
            event(TOPIC, "{\"company_id\":1}", "{\"op\":\"r\"}"),
            event(TOPIC, "{\"company_id\":2}", "{\"op\":\"c\"}")),
        new Committer());

    // then
    assertThat(producer.history())
        .extracting(record -> text(record.key()) + " " + text(record.value()))
        .containsExactly(
            "{\"company_id\":1} {\"op\":\"r\"}",
            "{\"company_id\":2} null",
            "{\"company_id\":2} {\"op\":\"c\"}");
    assertThat(publisher.removedRows()).isEqualTo(1);
    assertThat(journal).contains("snapshot is whole");
  }

  @Test
  void its_own_marker_ends_the_wait_and_is_not_published() throws Exception {
    // given
    BatchPublisher publisher = publisher(producer, Optional.empty());

    // when
    publisher.handleBatch(List.of(message("another's")), new Committer());
    publisher.handleBatch(List.of(message(new Marker("earlier").prefix())), new Committer());

    // then
    assertThat(publisher.markerSeen().getCount()).isEqualTo(1);

    // when
    publisher.handleBatch(List.of(message(new Marker("m").prefix())), new Committer());

    // then
    assertThat(publisher.markerSeen().getCount()).isZero();
    assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly(MESSAGES);
    assertThat(journal).filteredOn(line -> line.startsWith("processed")).hasSize(3);
  }

  @Test
  void an_event_of_another_kind_does_not_end_the_snapshot() throws Exception {
    // given
    BatchPublisher publisher = publisher(producer, Optional.of(left("{\"company_id\":1}")));

    // when
    publisher.handleBatch(
        List.of(event("__debezium-heartbeat.b2b", "{}", "{\"ts_ms\":1}")), new Committer());

    // then
    assertThat(publisher.removedRows()).isZero();
    assertThat(journal).doesNotContain("snapshot is whole");
  }

  private BatchPublisher publisher(MockProducer<byte[], byte[]> to, Optional<LeftRows> snapshot) {
    return new BatchPublisher(
        to,
        topic -> journal.add("topic " + topic),
        CapturedTables.of(TableContracts.load(Optional.empty()), Optional.empty()),
        new Marker("m"),
        snapshot,
        () -> journal.add("snapshot is whole"));
  }

  private static LeftRows left(String... keys) {
    LeftRows rows = new LeftRows();
    for (String key : keys) {
      rows.found(TOPIC, bytes(key), bytes("{}"));
    }
    return rows;
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ChangeEvent<byte[], byte[]> message(String prefix) {
    return event(
        MESSAGES,
        "{\"prefix\":\"%s\"}".formatted(prefix),
        "{\"op\":\"m\",\"message\":{\"prefix\":\"%s\",\"content\":\"\"}}".formatted(prefix));
  }

  private static ChangeEvent<byte[], byte[]> event(String topic, String key, String value) {
    return new TestEvent(topic, bytes(key), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private final class Committer implements RecordCommitter<ChangeEvent<byte[], byte[]>> {
    @Override
    public void markProcessed(ChangeEvent<byte[], byte[]> event) {
      journal.add("processed " + text(event.value()));
    }

    @Override
    public void markBatchFinished() {
      journal.add("batch finished");
    }

    @Override
    public void markProcessed(ChangeEvent<byte[], byte[]> event, Offsets offsets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Offsets buildOffsets() {
      throw new UnsupportedOperationException();
    }
  }
}
