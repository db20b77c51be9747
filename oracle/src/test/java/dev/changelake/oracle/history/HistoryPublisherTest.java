package dev.changelake.oracle.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.oracle.SourceTable;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class HistoryPublisherTest {

  @Test
  void records_are_sent_in_order_without_a_partition() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer());
    byte[] bytes = {1};
    String topic = SourceTable.ORDERS.topic();

    new HistoryPublisher(() -> producer)
        .publish(
            List.of(
                new OutRecord(topic, bytes, bytes, Map.of("h", bytes)),
                new OutRecord(topic, null, null, Map.of())));

    assertThat(producer.history()).extracting(ProducerRecord::partition).containsOnlyNulls();
    assertThat(producer.history().get(0).headers().lastHeader("h").value()).isEqualTo(bytes);
    assertThat(producer.history().get(1).value()).isNull();
    assertThat(producer.closed()).isTrue();
  }
}
