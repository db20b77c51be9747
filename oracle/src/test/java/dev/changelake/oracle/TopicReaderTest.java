package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

  private static final String TOPIC = "b2b.public.orders";
  private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.NONE);
    consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(ZERO, 2L));
    consumer.updateEndOffsets(Map.of(ZERO, 6L));
    return consumer;
  }

  @Test
  void spans_are_what_the_topic_holds() {
    TopicReader reader = new TopicReader(TopicReaderTest::consumer);

    assertThat(reader.spans(List.of(TOPIC))).isEqualTo(List.of(new OffsetSpan(TOPIC, 0, 2, 6)));
  }

  @Test
  void a_span_is_read_without_its_end() {
    MockConsumer<byte[], byte[]> consumer = consumer();
    consumer.schedulePollTask(
        () ->
            List.of(3L, 4L, 5L)
                .forEach(at -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, at, null, null))));
    TopicReader reader = new TopicReader(() -> consumer);

    List<LogRecord> records = reader.read(List.of(new OffsetSpan(TOPIC, 0, 3, 5)));

    assertThat(records).extracting(LogRecord::offset).containsExactly(3L, 4L);
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void empty_spans_ask_nobody() {
    TopicReader reader =
        new TopicReader(
            () -> {
              throw new AssertionError("no consumer is needed");
            });

    assertThat(reader.read(List.of(new OffsetSpan(TOPIC, 0, 3, 3)))).isEmpty();
  }
}
