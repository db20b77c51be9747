package dev.changelake.compact.source;

import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A table that Changelake does not bring: its contract in a folder, its topic on the broker. */
final class InvoicesTopic {
  static final String NAME = "b2b.public.invoices";
  private static final String NOTE = ", {\"name\": \"note\", \"type\": \"string\"}";

  private final TestStack stack;
  private final EnvelopeEncoder encoder;

  /**
   * Creates the topic.
   *
   * @param folder for the contract by which the source writes
   */
  InvoicesTopic(TestStack stack, Path folder) {
    this.stack = stack;
    write(folder, contract(18, NOTE));
    this.encoder =
        new EnvelopeEncoder(TableContracts.load(Optional.of(folder)).get("invoices"), false);
    stack.topics().create(List.of(NAME), 1);
  }

  /** Writes a contract that has forgotten a column of the source. */
  static void forgetfulContract(Path folder) {
    write(folder, contract(6, ""));
  }

  /** Writes a contract with all columns of the source. */
  static void completeContract(Path folder) {
    write(folder, contract(6, NOTE));
  }

  /** Writes a contract whose amounts may not be as large as those that the table holds. */
  static void narrowedContract(Path folder) {
    write(folder, contract(4, NOTE));
  }

  /** Writes a contract with a column more than the source has. */
  static void extendedContract(Path folder) {
    write(
        folder,
        contract(
            6,
            NOTE
                + ", {\"name\": \"due\", \"type\": \"date\", \"nullable\": true,"
                + " \"omittable\": true}"));
  }

  /** Inserts an invoice for each of the amounts, with ids from 1. */
  void insert(String... amounts) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long id = 0;
      for (String amount : amounts) {
        id++;
        Map<String, Object> row =
            Map.of("invoice_id", id, "amount", new BigDecimal(amount), "note", "note " + id);
        SourceBlock source =
            new SourceBlock("b2b", "b2b", "public", "invoices", "false", 1_592_784_000_000L, 7, id);
        producer.send(
            new ProducerRecord<>(
                NAME, 0, encoder.key(row), encoder.value(Operation.CREATE, null, row, source)));
      }
    }
  }

  /** Makes the broker forget all that it has. */
  void expire() {
    try (Admin admin = stack.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(NAME, 0), RecordsToDelete.beforeOffset(-1)))
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String contract(int precision, String note) {
    return """
        {
          "table": "invoices", "topic": "%s", "description": "Invoices.", "mode": "merge",
          "key": ["invoice_id"],
          "columns": [
            {"name": "invoice_id", "type": "bigint"},
            {"name": "amount", "type": "decimal(%d,2)"}%s
          ]
        }
        """
        .formatted(NAME, precision, note);
  }

  private static void write(Path folder, String contract) {
    try {
      Files.writeString(folder.resolve("invoices.json"), contract);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
