package dev.changelake.compact.source;

import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A table with a large text, whose contract can get a column more; its records, as they are sent.
 */
final class NotesTopic {
  static final String NAME = "b2b.public.notes";
  static final String LEFT_OUT = "__debezium_unavailable_value";

  private final TestStack stack;

  NotesTopic(TestStack stack, Path folder) {
    this.stack = stack;
    contract(folder, "");
    stack.topics().create(List.of(NAME), 1);
  }

  static void contractWithColor(Path folder) {
    contract(
        folder,
        ", {\"name\": \"color\", \"type\": \"string\", \"nullable\": true,"
            + " \"omittable\": true}");
  }

  /** Says in the contract whose rows the topic holds. */
  static void contractOfSchema(Path folder, String schema) {
    contract(folder, "", ", \"source\": {\"schema\": \"%s\"}".formatted(schema));
  }

  /** A row's image. */
  static String row(long id, int stars, String text) {
    return "{\"id\":%d,\"stars\":%d,\"text\":\"%s\"}".formatted(id, stars, text);
  }

  /** A row's image with a column that the contract does not have at first. */
  static String colored(long id, int stars, String text, String color) {
    return "{\"id\":%d,\"stars\":%d,\"text\":\"%s\",\"color\":\"%s\"}"
        .formatted(id, stars, text, color);
  }

  void change(String op, long id, long lsn, String after) {
    change(op, id, lsn, lsn, after);
  }

  /** A change that committed at another time than its position would say. */
  void change(String op, long id, long lsn, long tsMs, String after) {
    send(
        "{\"id\":%d}".formatted(id),
        "{\"op\":\"%s\",\"after\":%s,\"source\":{\"table\":\"notes\",\"lsn\":%d,\"ts_ms\":%d}}"
            .formatted(op, after, lsn, tsMs));
  }

  /** A change in another partition; without a position it is of an incremental snapshot. */
  void change(int partition, String op, long id, Long lsn, String after) {
    send(
        partition,
        "{\"id\":%d}".formatted(id),
        "{\"op\":\"%s\",\"after\":%s,\"source\":{\"table\":\"notes\",\"lsn\":%d,\"ts_ms\":%d}}"
            .formatted(op, after, lsn, lsn));
  }

  /** A change of a table of that name in a schema. */
  void changeIn(String schema, String op, Long id, long lsn, String after) {
    send(
        id == null ? null : "{\"id\":%d}".formatted(id),
        ("{\"op\":\"%s\",\"after\":%s,\"source\":{\"name\":\"b2b\",\"db\":\"shop\",\"schema\":\"%s\","
                + "\"table\":\"notes\",\"lsn\":%d,\"ts_ms\":%d}}")
            .formatted(op, after, schema, lsn, lsn));
  }

  /** An update of the key, whose unchanged text is left out: the three records of Debezium. */
  void move(long from, long to, long lsn, int stars) {
    moveAway(from, lsn);
    moveIn(from, to, lsn, stars);
  }

  /** The first half of a changed key. */
  void moveAway(long from, long lsn) {
    change("d", from, lsn, "null");
    tombstone(from);
  }

  /** The second half, whose header says the key before. */
  void moveIn(long from, long to, long lsn, int stars) {
    String old = "{\"id\":%d}".formatted(from);
    // The converter of headers may write the schema too.
    String inline =
        ("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"optional\":false,"
                + "\"field\":\"id\"}],\"optional\":false,\"name\":\"b2b.public.notes.Key\"},\"payload\":%s}")
            .formatted(old);
    send(
        new ProducerRecord<>(
            NAME,
            0,
            bytes("{\"id\":%d}".formatted(to)),
            bytes(
                "{\"op\":\"c\",\"after\":%s,\"source\":{\"table\":\"notes\",\"lsn\":%d,\"ts_ms\":%d}}"
                    .formatted(row(to, stars, LEFT_OUT), lsn, lsn)),
            List.of(
                new RecordHeader("__debezium.context.taskId", bytes("0")),
                new RecordHeader("__debezium.oldkey", bytes(lsn % 2 == 0 ? old : inline)))));
  }

  void tombstone(long id) {
    send("{\"id\":%d}".formatted(id), null);
  }

  void addPartition() {
    try (Admin admin = stack.admin()) {
      admin.createPartitions(Map.of(NAME, NewPartitions.increaseTo(2))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void truncate(long lsn) {
    send(
        null,
        "{\"op\":\"t\",\"source\":{\"table\":\"notes\",\"lsn\":%d,\"ts_ms\":%d}}"
            .formatted(lsn, lsn));
  }

  private void send(String key, String value) {
    send(0, key, value);
  }

  private void send(int partition, String key, String value) {
    send(new ProducerRecord<>(NAME, partition, bytes(key), bytes(value)));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void contract(Path folder, String more) {
    contract(folder, more, "");
  }

  private static void contract(Path folder, String more, String further) {
    try {
      Files.writeString(
          folder.resolve("notes.json"),
          """
          {
            "table": "notes", "topic": "%s", "description": "Notes.", "mode": "merge",
            "key": ["id"],
            "columns": [
              {"name": "id", "type": "bigint"},
              {"name": "stars", "type": "int"},
              {"name": "text", "type": "string", "nullable": true}%s
            ]%s
          }
          """
              .formatted(NAME, more, further));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
