package dev.changelake.produce.publish;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import dev.changelake.produce.feed.ChangeEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Turns an event into the records of its topic, as PostgreSQL's connector would send them. */
public final class EventEncoder {
  private static final String DATABASE = "b2b";
  private static final String DATABASE_SCHEMA = "public";

  private final TableContracts contracts;
  private final boolean inlineSchema;
  private final Map<String, EnvelopeEncoder> encoders = new HashMap<>();

  public EventEncoder(TableContracts contracts, boolean inlineSchema) {
    this.contracts = contracts;
    this.inlineSchema = inlineSchema;
  }

  /** The event's record; a delete is followed by a tombstone of the same key. */
  public List<ProducerRecord<byte[], byte[]>> encode(ChangeEvent event) {
    TableContract contract = contracts.get(event.change().table());
    EnvelopeEncoder encoder =
        encoders.computeIfAbsent(
            contract.table(), table -> new EnvelopeEncoder(contract, inlineSchema));
    Map<String, Object> row = event.change().row().columns();
    Operation operation = event.change().operation();
    byte[] key = encoder.key(row);
    if (operation != Operation.DELETE) {
      byte[] value = encoder.value(operation, null, row, source(event));
      return List.of(new ProducerRecord<>(contract.topic(), key, value));
    }
    // PostgreSQL's default replica identity knows the key of a deleted row and no more.
    Map<String, Object> before = new HashMap<>(row);
    before.keySet().retainAll(contract.key());
    byte[] value = encoder.value(operation, before, null, source(event));
    return List.of(
        new ProducerRecord<>(contract.topic(), key, value),
        new ProducerRecord<>(contract.topic(), key, null));
  }

  private static SourceBlock source(ChangeEvent event) {
    return new SourceBlock(
        DATABASE,
        DATABASE,
        DATABASE_SCHEMA,
        event.change().table(),
        event.snapshot(),
        event.change().at().toEpochMilli(),
        event.txId(),
        event.lsn());
  }
}
