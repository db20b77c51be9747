package dev.changelake.oracle.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.oracle.Column;
import dev.changelake.oracle.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The connector: writes changes of the model as records, and can say them again. */
final class Emitter {

  private static final int REMEMBERED = 400;
  private static final Map<String, byte[]> HEADERS =
      Map.of(
          "__debezium.context.connectorLogicalName", "b2b".getBytes(StandardCharsets.UTF_8),
          "__debezium.context.taskId", "0".getBytes(StandardCharsets.UTF_8));

  private final Random random;
  private final EnvelopeEncoder encoder;
  private final Set<SourceTable> inlineKeys = EnumSet.noneOf(SourceTable.class);
  private final List<OutRecord> said = new ArrayList<>();
  private List<OutRecord> unsent = new ArrayList<>();

  Emitter(Random random) {
    this.random = random;
    this.encoder = new EnvelopeEncoder(random);
    for (SourceTable table : SourceTable.values()) {
      if (random.nextBoolean()) {
        inlineKeys.add(table);
      }
    }
  }

  /** A change that is well-formed in every respect. */
  void change(
      SourceTable table,
      String op,
      Map<String, Object> before,
      Map<String, Object> after,
      SourceInfo source) {
    Map<String, Object> image = after == null ? before : after;
    List<Object> key = table.key().stream().map(image::get).toList();
    change(table, key, op, before, after, source);
  }

  void insertOrUpdate(
      SourceTable table, Map<String, Object> before, Map<String, Object> after, SourceInfo source) {
    Map<String, Object> shown =
        switch (random.nextInt(3)) {
          case 0 -> before;
          case 1 -> before == null ? null : keyImage(table, before);
          default -> null;
        };
    change(table, before == null ? "c" : "u", shown, after, source);
  }

  /** A delete that shows nothing, the key alone, or the whole row. */
  void delete(SourceTable table, List<Object> key, Map<String, Object> row, SourceInfo source) {
    Map<String, Object> keyed = new HashMap<>();
    for (int i = 0; i < key.size(); i++) {
      keyed.put(table.key().get(i), key.get(i));
    }
    Map<String, Object> shown =
        switch (random.nextInt(3)) {
          case 0 -> row;
          case 1 -> keyImage(table, keyed);
          default -> null;
        };
    change(table, key, "d", shown, null, source);
  }

  void tombstone(SourceTable table, List<Object> key) {
    raw(table, key(table, key), null);
  }

  void truncate(SourceTable table, SourceInfo source) {
    boolean inline = random.nextBoolean();
    ObjectNode envelope = encoder.envelope(table, "t", null, null, source, inline);
    envelope.remove(List.of("before", "after"));
    ObjectNode value = inline ? encoder.withSchema(table, envelope) : envelope;
    raw(table, null, EnvelopeEncoder.bytes(value));
  }

  byte[] key(SourceTable table, List<Object> key) {
    return encoder.key(table, key, inlineKeys.contains(table));
  }

  EnvelopeEncoder encoder() {
    return encoder;
  }

  void raw(SourceTable table, byte[] key, byte[] value) {
    OutRecord record = new OutRecord(table.topic(), key, value, HEADERS);
    unsent.add(record);
    said.add(record);
    if (said.size() > REMEMBERED) {
      said.remove(0);
    }
  }

  /** Says the last records once more, as after a restart from an older position. */
  void replay(int records) {
    int from = Math.max(0, said.size() - records);
    unsent.addAll(said.subList(from, said.size()));
  }

  /** Takes what is to be sent, but for the last {@code kept} records. */
  List<OutRecord> take(int kept) {
    int end = Math.max(0, unsent.size() - kept);
    List<OutRecord> batch = List.copyOf(unsent.subList(0, end));
    unsent = new ArrayList<>(unsent.subList(end, unsent.size()));
    return batch;
  }

  private void change(
      SourceTable table,
      List<Object> key,
      String op,
      Map<String, Object> before,
      Map<String, Object> after,
      SourceInfo source) {
    boolean inline = random.nextBoolean();
    ObjectNode envelope = encoder.envelope(table, op, before, after, source, inline);
    ObjectNode value = inline ? encoder.withSchema(table, envelope) : envelope;
    raw(table, key(table, key), EnvelopeEncoder.bytes(value));
    if (source.lsn() == null) {
      // An incremental snapshot is not in the database's log, from which a restart reads again.
      said.remove(said.size() - 1);
    }
  }

  private static Map<String, Object> keyImage(SourceTable table, Map<String, Object> row) {
    Map<String, Object> image = new HashMap<>();
    for (Column column : table.keyColumns()) {
      image.put(column.name(), row.get(column.name()));
    }
    return image;
  }
}
