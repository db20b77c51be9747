package dev.changelake.compact.align;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Two tables of accounts, between which money is moved, and the topic of their transactions. */
final class TransferTopics implements AutoCloseable {
  private static final String CONTRACT =
      """
      {
        "table": "%1$s", "topic": "b2b.public.%1$s", "description": "Accounts.", "mode": "merge",
        "key": ["account_id"],
        "columns": [
          {"name": "account_id", "type": "bigint"},
          {"name": "amount", "type": "bigint"}
        ]
      }
      """;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final TableContracts contracts;
  private final KafkaProducer<byte[], byte[]> producer;
  private long lsn = 1_000;

  /** Writes the contracts into the folder and creates the topics. */
  TransferTopics(TestStack stack, Path folder) throws IOException {
    for (String table : List.of("checking", "savings")) {
      Files.writeString(folder.resolve(table + ".json"), CONTRACT.formatted(table));
    }
    contracts = TableContracts.load(Optional.of(folder));
    stack.topics().create(List.of("b2b.public.checking", "b2b.public.savings"), 2);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** What an account holds after a transaction; the only event of its table in it. */
  void holds(int transaction, String table, long account, long amount) {
    TableContract contract = contracts.get(table);
    EnvelopeEncoder encoder = new EnvelopeEncoder(contract, false);
    Map<String, Object> row = Map.of("account_id", account, "amount", amount);
    lsn += 10;
    SourceBlock source =
        new SourceBlock("b2b", "b2b", "public", table, "false", 1_592_784_000_000L, 7, lsn);
    try {
      JsonNode value = MAPPER.readTree(encoder.value(Operation.UPDATE, null, row, source));
      ((ObjectNode) value)
          .putObject("transaction")
          .put("id", transaction + ":" + lsn)
          .put("total_order", 1)
          .put("data_collection_order", 1);
      send(contract.topic(), encoder.key(row), MAPPER.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void begin(int transaction) throws IOException {
    send(
        "b2b.transaction",
        null,
        MAPPER.writeValueAsBytes(Map.of("status", "BEGIN", "id", transaction + ":" + lsn)));
  }

  /** The end of a transaction with one event in each of the tables. */
  void end(int transaction) throws IOException {
    send(
        "b2b.transaction",
        null,
        MAPPER.writeValueAsBytes(
            Map.of(
                "status",
                "END",
                "id",
                transaction + ":" + lsn,
                "event_count",
                2,
                "data_collections",
                List.of(
                    Map.of("data_collection", "public.checking", "event_count", 1),
                    Map.of("data_collection", "public.savings", "event_count", 1)))));
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(String topic, byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key, value));
    producer.flush();
  }
}
