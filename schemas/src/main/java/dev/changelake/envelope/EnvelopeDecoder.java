package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the records of one table's topic, each once.
 *
 * <p>Whatever the bytes are, a record comes out: what cannot be applied without guessing is
 * quarantined with a reason, and keeps as much as could be read. All validation happens here.
 */
public final class EnvelopeDecoder {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

  private final TableContract contract;
  private final List<Column> columns;
  private final ImageDecoder images;
  private final int[] keyPositions;
  private final Optional<LineParser> lines;

  /** A decoder for the contract's topic; it can be shared between threads. */
  public EnvelopeDecoder(TableContract contract) {
    this.contract = contract;
    this.columns = contract.columns();
    this.images = new ImageDecoder(contract);
    this.keyPositions = contract.keyColumns().stream().mapToInt(columns::indexOf).toArray();
    this.lines = contract.parse().map(parse -> new LineParser(contract));
  }

  /** Reads one record; either part may be null, as in Kafka. */
  public DecodedRecord decode(byte[] key, byte[] value) {
    Draft draft = new Draft();
    try {
      decode(key, value, draft);
    } catch (Quarantine e) {
      draft.key = draft.key == null ? readableKey(key) : draft.key;
      return draft.record(RecordStatus.QUARANTINED, e.text());
    }
    return draft.record(draft.status, null);
  }

  private void decode(byte[] key, byte[] value, Draft draft) throws Quarantine {
    JsonNode envelope = null;
    WireSchema schema = WireSchema.NONE;
    if (value != null) {
      WireMessage message = parse(value, QuarantineReason.UNDECODABLE_VALUE);
      envelope = message.payload();
      schema = message.schema();
      readHead(envelope, draft);
    }
    Operation operation = envelope == null ? null : operation(draft);
    if (operation == Operation.MESSAGE) {
      draft.status = RecordStatus.CONTROL;
      return;
    }
    if (operation == Operation.TRUNCATE) {
      requireOwnTable(envelope);
      if (image(envelope, "before") != null || image(envelope, "after") != null) {
        throw new Quarantine(QuarantineReason.WRONG_IMAGE, "a truncate with a row");
      }
      draft.status = RecordStatus.TRUNCATE;
      return;
    }
    if (key == null) {
      throw new Quarantine(QuarantineReason.MISSING_KEY, "");
    }
    draft.key = decodeKey(key, operation);
    if (operation == null) {
      requireMutable(true);
      draft.status = RecordStatus.TOMBSTONE;
      return;
    }
    decodeImages(envelope, schema, operation, draft);
    draft.status = RecordStatus.CHANGE;
  }

  private static void readHead(JsonNode envelope, Draft draft) throws Quarantine {
    if (!envelope.isObject() || !envelope.path("op").isTextual()) {
      throw new Quarantine(QuarantineReason.UNDECODABLE_VALUE, "not an envelope with an op");
    }
    JsonNode source = envelope.path("source");
    if (!source.isObject()) {
      throw new Quarantine(QuarantineReason.UNDECODABLE_VALUE, "no source block");
    }
    draft.op = envelope.get("op").textValue();
    draft.sourceTsMs = counter(source, "ts_ms");
    draft.txId = counter(source, "txId");
    draft.lsn = counter(source, "lsn");
  }

  /** A counter of the source block; Debezium's documentation shows some of them as text. */
  private static Long counter(JsonNode source, String name) throws Quarantine {
    JsonNode node = source.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
      return node.longValue();
    }
    if (node.isTextual() && DIGITS.matcher(node.textValue()).matches()) {
      try {
        return Long.valueOf(node.textValue());
      } catch (NumberFormatException e) {
        // Beyond 64 bits: told below.
      }
    }
    throw new Quarantine(
        QuarantineReason.UNDECODABLE_VALUE, "source.%s is not a number".formatted(name));
  }

  private Operation operation(Draft draft) throws Quarantine {
    Operation operation =
        Operation.fromCode(draft.op)
            .orElseThrow(() -> new Quarantine(QuarantineReason.UNKNOWN_OPERATION, ""));
    requireMutable(
        operation == Operation.UPDATE
            || operation == Operation.DELETE
            || operation == Operation.TRUNCATE);
    return operation;
  }

  private void requireMutable(boolean changesOldRow) throws Quarantine {
    if (changesOldRow && contract.mode() == TableMode.APPEND) {
      throw new Quarantine(QuarantineReason.OPERATION_NOT_ALLOWED, "the table takes inserts alone");
    }
  }

  /** The key of a record that is refused for another reason, if it can be read. */
  private Object[] readableKey(byte[] key) {
    try {
      return key == null ? null : decodeKey(key, null);
    } catch (Quarantine e) {
      return null;
    }
  }

  /**
   * Reads the key.
   *
   * @param operation null if the record has none, or none that is known
   */
  private Object[] decodeKey(byte[] key, Operation operation) throws Quarantine {
    WireMessage message = parse(key, QuarantineReason.UNDECODABLE_KEY);
    JsonNode payload = message.payload();
    if (!payload.isObject() || payload.size() != keyPositions.length) {
      throw new Quarantine(QuarantineReason.UNDECODABLE_KEY, "must hold exactly " + contract.key());
    }
    Object[] values = new Object[keyPositions.length];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(keyPositions[i]);
      JsonNode node = payload.get(column.name());
      if (node == null || node.isNull()) {
        throw new Quarantine(
            QuarantineReason.UNDECODABLE_KEY, "must hold exactly " + contract.key());
      }
      if (operation == Operation.UPDATE && WireUnavailable.is(column.type(), node)) {
        throw new Quarantine(QuarantineReason.UNAVAILABLE_VALUE, column.name());
      }
      values[i] = WireValue.decode(column, node, message.schema().field(column.name(), i));
    }
    return values;
  }

  private void decodeImages(JsonNode envelope, WireSchema schema, Operation operation, Draft draft)
      throws Quarantine {
    requireOwnTable(envelope);
    JsonNode before = image(envelope, "before");
    JsonNode after = image(envelope, "after");
    boolean deletes = operation == Operation.DELETE;
    if (deletes != (after == null)) {
      throw new Quarantine(
          QuarantineReason.WRONG_IMAGE, deletes ? "a delete with after" : "no after");
    }
    if (before != null) {
      draft.before = images.before(before, schema.field("before"));
      requireKey(draft.before, draft.key);
    }
    if (after != null) {
      List<String> unavailable = new ArrayList<>();
      draft.after = images.after(after, schema.field("after", 1), operation, unavailable);
      requireKey(draft.after, draft.key);
      fillKey(draft.after, draft.key, unavailable);
      if (!unavailable.isEmpty() && contract.mode() == TableMode.APPEND) {
        throw new Quarantine(QuarantineReason.UNAVAILABLE_VALUE, String.join(", ", unavailable));
      }
      draft.unavailable = unavailable;
    }
    if (lines.isPresent() && draft.after != null) {
      lines.get().parse(draft.after);
    }
  }

  private void requireOwnTable(JsonNode envelope) throws Quarantine {
    JsonNode table = envelope.path("source").path("table");
    if (table.isTextual() && !table.textValue().equals(contract.table())) {
      throw new Quarantine(QuarantineReason.FOREIGN_TABLE, "source.table is another table");
    }
  }

  private static JsonNode image(JsonNode envelope, String name) throws Quarantine {
    JsonNode node = envelope.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      throw new Quarantine(QuarantineReason.WRONG_IMAGE, name + " is not an object");
    }
    return node;
  }

  /** An image has the record's key; a before may lack columns of it. */
  private void requireKey(Object[] row, Object[] key) throws Quarantine {
    for (int i = 0; i < key.length; i++) {
      Object found = row[keyPositions[i]];
      if (found != null && !found.equals(key[i])) {
        throw new Quarantine(QuarantineReason.KEY_MISMATCH, columns.get(keyPositions[i]).name());
      }
    }
  }

  /** A part of the key that did not change is left out of the image, and stands in the key. */
  private void fillKey(Object[] after, Object[] key, List<String> unavailable) {
    for (int i = 0; i < key.length; i++) {
      if (unavailable.remove(columns.get(keyPositions[i]).name())) {
        after[keyPositions[i]] = key[i];
      }
    }
  }

  private static WireMessage parse(byte[] bytes, QuarantineReason reason) throws Quarantine {
    try {
      return WireMessage.parse(bytes);
    } catch (IOException | NumberFormatException e) {
      throw new Quarantine(reason, "not one JSON value");
    }
  }

  /** What is known of a record so far. */
  private static final class Draft {
    private RecordStatus status;
    private String op;
    private Long lsn;
    private Long txId;
    private Long sourceTsMs;
    private Object[] key;
    private Object[] before;
    private Object[] after;
    private List<String> unavailable = List.of();

    DecodedRecord record(RecordStatus outcome, String reason) {
      return new DecodedRecord(
          outcome, reason, op, lsn, txId, sourceTsMs, key, before, after, unavailable);
    }
  }
}
