package dev.changelake.compact.source;

import static dev.changelake.compact.source.JobUnderTest.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of rows alone, with control records between them, becomes a table. */
@Tag("thorough")
class FlattenedIT {
  private static final String TOPIC = "b2b.public.pages";
  private static final String DAY = "2020-06-22";

  @TempDir private Path folder;
  private final TestStack stack = TestStack.get();

  @Test
  void rowsAndDeletesAreAppliedAndWhatIsNotKnownIsNot() throws IOException {
    // given
    JobUnderTest job =
        new JobUnderTest(stack, stack.freshLake(Map.of("contracts.directory", folder.toString())));
    Files.writeString(
        folder.resolve("pages.json"),
        """
        {"table": "pages", "topic": "%s", "form": "flattened", "mode": "merge", "key": ["id"],
         "description": "Pages.",
         "columns": [{"name": "id", "type": "bigint"}, {"name": "body", "type": "string"}]}
        """
            .formatted(TOPIC));
    stack.topics().create(List.of(TOPIC), 1);
    String leftOut = "__debezium_unavailable_value";
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      send(producer, key(1), row(1, "one", ""));
      send(producer, key(2), row(2, "two", ""));
      send(producer, key(2), "null");
      send(producer, key(3), row(3, "three", ""));
      send(producer, key(3), row(3, "", ",\"__deleted\":\"true\""));
      send(producer, key(3), null);
      send(producer, "{\"serverName\":\"b2b\"}", "{\"ts_ms\":1}");
      send(producer, key(4), row(4, "four", ""));
      send(producer, key(4), row(4, leftOut, ""));
      send(producer, key(5), row(5, "five", ",\"__op\":\"c\""));
      send(producer, key(5), row(5, leftOut, ",\"__op\":\"u\""));
    }
    // when
    Manifest manifest = job.compact(DAY).manifest().orElseThrow();
    // then
    TopicLedger ledger = manifest.topicLedgers().get(0);
    assertThat(ledger.statuses()).isEqualTo(Map.of("change", 8L, "tombstone", 2L, "control", 1L));
    assertThat(ledger.controls()).isEqualTo(Map.of("heartbeat", 1L));
    assertThat(manifest.tableLedgers())
        .filteredOn(table -> table.table().equals("pages"))
        .singleElement()
        .satisfies(table -> assertThat(table.unresolved()).isEqualTo(1));
    assertThat(lines(job.views(DAY).table("pages").select("id", "body")))
        .containsExactly("1 one", "4 four", "5 five");
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String key, String value) {
    producer.send(new ProducerRecord<>(TOPIC, 0, bytes(key), bytes(value)));
  }

  private static String key(long id) {
    return "{\"id\":%d}".formatted(id);
  }

  private static String row(long id, String body, String added) {
    return "{\"id\":%d,\"body\":\"%s\"%s}".formatted(id, body, added);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
