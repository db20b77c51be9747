package dev.changelake.compact.source;

import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topic of companies, of one partition at first, as a hand and Kafka's clients make it. */
public final class CompaniesTopic implements AutoCloseable {
  public static final String NAME = "b2b.public.companies";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestStack stack;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final EnvelopeEncoder encoder;
  private long lsn = 1_000;

  private CompaniesTopic(TestStack stack) {
    TableContract contract = TableContracts.load(Optional.empty()).get("companies");
    this.stack = stack;
    this.admin = stack.admin();
    this.producer = producer(Map.of());
    this.encoder = new EnvelopeEncoder(contract, false);
  }

  /** Creates the topic, which must not exist. */
  public static CompaniesTopic create(TestStack stack) {
    CompaniesTopic topic = new CompaniesTopic(stack);
    topic.create();
    return topic;
  }

  /** Inserts a company for each of the ids. */
  public void insert(long... ids) {
    for (long id : ids) {
      send(producer, id, insertion(id));
    }
    producer.flush();
  }

  /** Gives a company another name. */
  public void rename(long id, String name) {
    raw(key(id), value(Operation.UPDATE, null, row(id, name)));
  }

  /** Deletes a company. */
  public void delete(long id) {
    raw(key(id), value(Operation.DELETE, row(id, ""), null));
  }

  /** Sends a record as it is. */
  public void raw(String key, String value) {
    producer.send(new ProducerRecord<>(NAME, 0, bytes(key), bytes(value)));
    producer.flush();
  }

  /** A producer whose transaction is open, with one company in it. */
  public KafkaProducer<byte[], byte[]> openTransaction(long id) {
    KafkaProducer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "t" + id));
    transactional.initTransactions();
    transactional.beginTransaction();
    send(transactional, id, insertion(id));
    transactional.flush();
    return transactional;
  }

  /** The key of a company's records. */
  public String key(long id) {
    return new String(encoder.key(row(id, "")), StandardCharsets.UTF_8);
  }

  /** The value of a record that inserts a company. */
  public String insertion(long id) {
    return value(Operation.CREATE, null, row(id, "Company " + id));
  }

  /** Makes the broker forget all records of partition 0 below the offset, as retention does. */
  public void expireBefore(long offset) {
    await(
        () ->
            admin
                .deleteRecords(
                    Map.of(new TopicPartition(NAME, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get());
  }

  public void addPartition() {
    await(() -> admin.createPartitions(Map.of(NAME, NewPartitions.increaseTo(2))).all().get());
    Awaitility.await().atMost(PATIENCE).until(() -> partitions() == 2);
  }

  /** Deletes the topic and creates it again, empty. */
  public void recreate() {
    await(() -> admin.deleteTopics(List.of(NAME)).all().get());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !admin.listTopics().names().get().contains(NAME));
    create();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }

  private void create() {
    stack.topics().create(List.of(NAME), 1);
  }

  private int partitions() throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(NAME)).allTopicNames().get().get(NAME).partitions().size();
  }

  private void send(KafkaProducer<byte[], byte[]> through, long id, String value) {
    through.send(new ProducerRecord<>(NAME, 0, bytes(key(id)), bytes(value)));
  }

  private String value(Operation operation, Map<String, ?> before, Map<String, ?> after) {
    SourceBlock source =
        new SourceBlock("b2b", "b2b", "public", "companies", "false", 1_592_784_000_000L, 7, ++lsn);
    return new String(encoder.value(operation, before, after, source), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> row(long id, String name) {
    return Map.of("company_id", id, "company_name", name);
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> further) {
    Map<String, Object> properties = new HashMap<>(further);
    properties.put("bootstrap.servers", stack.bootstrapServers());
    // A topic that was created again is found at once.
    properties.put("metadata.max.age.ms", "200");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(KafkaCall call) {
    try {
      call.run();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private interface KafkaCall {
    void run() throws ExecutionException, InterruptedException;
  }
}
