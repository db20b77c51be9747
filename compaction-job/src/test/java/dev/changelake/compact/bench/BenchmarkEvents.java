package dev.changelake.compact.bench;

import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import dev.changelake.oracle.history.HistoryTopics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes events of companies: {@code rows <count>} inserts keys 1 to count, {@code changes
 * <count>} updates random ones of them, and deletes one in ten.
 */
public final class BenchmarkEvents {
  private static final long SEED = 7;
  private static final long CHANGES_LSN = 1_000_000_000_000L;

  private BenchmarkEvents() {}

  public static void main(String[] args) throws Exception {
    Configuration configuration = ConfigurationFile.read(Path.of(args[0]));
    boolean changes = args[1].equals("changes");
    int count = Integer.parseInt(args[2]);
    TableContract contract = TableContracts.load(Optional.empty()).get("companies");
    Map<String, Object> properties = new HashMap<>(configuration.kafkaClient());
    if (!changes) {
      new HistoryTopics(properties).create(List.of(contract.topic()), 2);
    }
    properties.put("linger.ms", 50);
    properties.put("batch.size", 1 << 18);
    EnvelopeEncoder encoder = new EnvelopeEncoder(contract, false);
    SplittableRandom random = new SplittableRandom(SEED);
    Future<RecordMetadata> last = null;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        long id = changes ? 1 + random.nextInt(count) : i + 1;
        boolean delete = changes && random.nextInt(10) == 0;
        Operation operation =
            !changes ? Operation.CREATE : delete ? Operation.DELETE : Operation.UPDATE;
        Map<String, Object> row =
            Map.of("company_id", id, "company_name", "Company %d, change %d".formatted(id, i));
        long lsn = changes ? CHANGES_LSN + i : i;
        SourceBlock source =
            new SourceBlock(
                "bench", "b2b", "public", "companies", "false", 1_592_697_600_000L + i, i, lsn);
        last =
            producer.send(
                new ProducerRecord<>(
                    contract.topic(),
                    encoder.key(row),
                    encoder.value(operation, null, delete ? null : row, source)));
      }
      producer.flush();
    }
    System.out.printf("%d events, the last at %s%n", count, last == null ? "-" : last.get());
  }
}
