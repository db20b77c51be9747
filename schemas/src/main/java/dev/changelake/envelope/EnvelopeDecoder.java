package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records of one table's topic, each once, in the form that the contract says.
 *
 * <p>Whatever the bytes are, a record comes out: what cannot be applied without guessing is
 * quarantined with a reason, and keeps as much as could be read. All validation happens here.
 */
public final class EnvelopeDecoder {
  /** In it Debezium says which key a row had before that was inserted for a changed one. */
  public static final String OLD_KEY_HEADER = "__debezium.oldkey";

  private final TableContract contract;
  private final List<Column> columns;
  private final ImageDecoder images;
  private final ControlRecords controls;
  private final int[] keyPositions;
  private final SourceOrigin owner;
  private final Optional<LineParser> lines;
  private final RepeatedSchema keys = new RepeatedSchema();
  private final RepeatedSchema values = new RepeatedSchema();

  /** A decoder for the contract's topic, of which nothing is pinned. */
  public EnvelopeDecoder(TableContract contract) {
    this(contract, SourceOrigin.UNKNOWN);
  }

  /**
   * A decoder for the contract's topic; it can be shared between threads.
   *
   * @param pinned where the topic's records come from as earlier batches have it
   */
  public EnvelopeDecoder(TableContract contract, SourceOrigin pinned) {
    this.contract = contract;
    this.owner = pinned.required(contract.source());
    this.columns = contract.columns();
    this.images = new ImageDecoder(contract);
    this.controls = new ControlRecords(contract);
    this.keyPositions = contract.keyColumns().stream().mapToInt(columns::indexOf).toArray();
    this.lines = contract.parse().map(parse -> new LineParser(contract));
  }

  /** Reads one record without headers; either part may be null, as in Kafka. */
  public DecodedRecord decode(byte[] key, byte[] value) {
    return decode(key, value, null);
  }

  /**
   * Reads one record; each part may be null.
   *
   * @param oldKey the header {@link #OLD_KEY_HEADER}
   */
  public DecodedRecord decode(byte[] key, byte[] value, byte[] oldKey) {
    Draft draft = new Draft();
    try {
      read(key, value, draft);
    } catch (Quarantine e) {
      draft.key = draft.key == null ? readableKey(key) : draft.key;
      return draft.record(RecordStatus.QUARANTINED, e.text());
    }
    if (!draft.unavailable.isEmpty()) {
      draft.oldKey = readableKey(oldKey);
    }
    return draft.record(draft.status, null);
  }

  /** The change of a row that a record tells, be it right or not; empty if it tells of another. */
  Optional<WireChange> changeOf(byte[] key, byte[] value) throws Quarantine {
    WireMessage message = parse(values, value, QuarantineReason.UNDECODABLE_VALUE);
    if (isFlattenedDelete(message) || controls.find(key, message.payload()).isPresent()) {
      return Optional.empty();
    }
    WireChange change = change(message);
    if (control(key, change) != null) {
      return Optional.empty();
    }
    requireOwnTable(change);
    requireOwnSource(change);
    return Optional.of(change);
  }

  private void read(byte[] key, byte[] value, Draft draft) throws Quarantine {
    WireMessage message =
        value == null ? null : parse(values, value, QuarantineReason.UNDECODABLE_VALUE);
    if (message == null || isFlattenedDelete(message)) {
      draft.key = decodeKey(required(key), false);
      requireMutable(true);
      draft.status = RecordStatus.TOMBSTONE;
      return;
    }
    draft.control = controls.find(key, message.payload()).orElse(null);
    if (draft.control != null) {
      draft.status = RecordStatus.CONTROL;
      return;
    }
    if (isBroken(message.payload())) {
      draft.read(new EnvelopeChange(message.payload(), message.schema()));
      throw EnvelopeChange.refusal(message.payload());
    }
    WireChange change = change(message);
    draft.read(change);
    draft.control = control(key, change);
    if (draft.control != null) {
      requireOwnMessage(change, draft);
      draft.status = RecordStatus.CONTROL;
      return;
    }
    requireOwnSource(change);
    Operation operation = operation(draft);
    if (operation == Operation.TRUNCATE) {
      requireOwnTable(change);
      if (change.before() != null || change.after() != null) {
        throw new Quarantine(QuarantineReason.WRONG_IMAGE, "a truncate with a row");
      }
      if (contract.source().several()) {
        throw new Quarantine(QuarantineReason.OTHER_SOURCE, "a truncate of one of several tables");
      }
      draft.status = RecordStatus.TRUNCATE;
      return;
    }
    draft.key = decodeKey(required(key), operation == null || operation == Operation.UPDATE);
    decodeImages(change, operation, draft);
    draft.status = RecordStatus.CHANGE;
  }

  /** The null that is left of a delete keeps its schema, and so is written down as JSON. */
  private boolean isFlattenedDelete(WireMessage message) {
    return contract.form() == RecordForm.FLATTENED && message.payload().isNull();
  }

  /** Whether a value is an envelope without an operation, which still tells where it stands. */
  private boolean isBroken(JsonNode payload) {
    return contract.form() == RecordForm.ENVELOPE
        && EnvelopeChange.hasSource(payload)
        && !EnvelopeChange.is(payload)
        && !hasKeyColumns(payload);
  }

  /** The change that a value looks like, be it of the topic's form or not. */
  private WireChange change(WireMessage message) throws Quarantine {
    JsonNode payload = message.payload();
    boolean flattened = contract.form() == RecordForm.FLATTENED;
    if (EnvelopeChange.is(payload) && !(flattened && hasKeyColumns(payload))) {
      return new EnvelopeChange(payload, message.schema());
    }
    if (flattened ? payload.isObject() : hasKeyColumns(payload)) {
      return new FlattenedChange(payload, message.schema());
    }
    throw flattened
        ? new Quarantine(QuarantineReason.UNDECODABLE_VALUE, "not an object")
        : EnvelopeChange.refusal(payload);
  }

  private boolean hasKeyColumns(JsonNode payload) {
    return contract.keyColumns().stream()
        .allMatch(column -> payload.has(column.nameIn(payload::has)));
  }

  /** What a record in the form of a change is, if it is none of a row; messages are envelopes. */
  private ControlKind control(byte[] key, WireChange change) throws Quarantine {
    if (change.form() == RecordForm.ENVELOPE && Operation.MESSAGE.code().equals(change.op())) {
      return ControlKind.MESSAGE;
    }
    if (change.form() != contract.form()) {
      throw new Quarantine(
          QuarantineReason.WRONG_FORM,
          "%s in a topic whose contract has the form %s"
              .formatted(
                  change.form() == RecordForm.ENVELOPE ? "an envelope" : "a row alone",
                  contract.form().code()));
    }
    return controls.isSignal(key, change) ? ControlKind.SIGNAL : null;
  }

  /** The operation; null if the form does not tell it. */
  private Operation operation(Draft draft) throws Quarantine {
    if (draft.op == null) {
      // It may be an insert as well as an update, and an append table takes the one alone.
      requireMutable(true);
      return null;
    }
    Operation operation =
        Operation.fromCode(draft.op)
            .orElseThrow(() -> new Quarantine(QuarantineReason.UNKNOWN_OPERATION, ""));
    if (operation == Operation.MESSAGE) {
      throw new Quarantine(QuarantineReason.WRONG_IMAGE, "a message with a row");
    }
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

  /** A key that decides nothing by itself, if it can be read. */
  private Object[] readableKey(byte[] key) {
    try {
      return key == null ? null : decodeKey(key, false);
    } catch (Quarantine e) {
      return null;
    }
  }

  private static byte[] required(byte[] key) throws Quarantine {
    if (key == null) {
      throw new Quarantine(QuarantineReason.MISSING_KEY, "");
    }
    return key;
  }

  /**
   * Reads the key.
   *
   * @param mayLeaveOut whether it can hold what stands for a value that did not change
   */
  private Object[] decodeKey(byte[] key, boolean mayLeaveOut) throws Quarantine {
    WireMessage message = parse(keys, key, QuarantineReason.UNDECODABLE_KEY);
    JsonNode payload = message.payload();
    if (!payload.isObject() || payload.size() != keyPositions.length) {
      throw new Quarantine(QuarantineReason.UNDECODABLE_KEY, "must hold exactly " + contract.key());
    }
    Object[] values = new Object[keyPositions.length];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(keyPositions[i]);
      String name = column.nameIn(payload::has);
      JsonNode node = payload.get(name);
      if (node == null || node.isNull()) {
        throw new Quarantine(
            QuarantineReason.UNDECODABLE_KEY, "must hold exactly " + contract.key());
      }
      if (mayLeaveOut && WireUnavailable.is(column.type(), node)) {
        throw new Quarantine(QuarantineReason.UNAVAILABLE_VALUE, column.name());
      }
      values[i] = WireValue.decode(column, node, message.schema().field(name, i));
    }
    return values;
  }

  private void decodeImages(WireChange change, Operation operation, Draft draft) throws Quarantine {
    requireOwnTable(change);
    JsonNode before = change.before();
    JsonNode after = change.after();
    boolean deletes = operation == Operation.DELETE;
    if (deletes != (after == null)) {
      throw new Quarantine(
          QuarantineReason.WRONG_IMAGE, deletes ? "a delete with after" : "no after");
    }
    if (before != null) {
      draft.before = images.before(before, change.beforeSchema());
      requireKey(draft.before, draft.key);
    }
    if (after != null) {
      List<String> unavailable = new ArrayList<>();
      draft.after = images.after(after, change.afterSchema(), operation, unavailable);
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

  private void requireOwnTable(WireChange change) throws Quarantine {
    if (isOfForeignTable(change)) {
      throw new Quarantine(QuarantineReason.FOREIGN_TABLE, "source.table is another table");
    }
  }

  /** Where several tables share the topic, any of them is its own unless the contract names one. */
  private boolean isOfForeignTable(WireChange change) {
    boolean any = contract.source().several() && contract.source().table().isEmpty();
    String table = change.table();
    return !any && table != null && !table.equals(contract.sourceTable());
  }

  /** A table of the same name in another schema, database or connector is not the topic's. */
  private void requireOwnSource(WireChange change) throws Quarantine {
    if (!isOfForeignTable(change)) {
      requireOwner(change.origin());
    }
  }

  /** Messages of the log are of no table; signals are of their own. */
  private void requireOwnMessage(WireChange change, Draft draft) throws Quarantine {
    if (draft.control == ControlKind.MESSAGE) {
      draft.control = null;
      requireOwner(change.origin());
      draft.control = ControlKind.MESSAGE;
    }
  }

  private void requireOwner(SourceOrigin origin) throws Quarantine {
    Optional<String> other = owner.differsIn(origin);
    if (other.isPresent()) {
      throw new Quarantine(
          QuarantineReason.OTHER_SOURCE, "source.%s is another one's".formatted(other.get()));
    }
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

  /**
   * A part of the key that did not change is left out of the image, and a router adds what
   * distinguishes tables to the key alone.
   */
  private void fillKey(Object[] after, Object[] key, List<String> unavailable) {
    for (int i = 0; i < key.length; i++) {
      if (unavailable.remove(columns.get(keyPositions[i]).name())
          || after[keyPositions[i]] == null) {
        after[keyPositions[i]] = key[i];
      }
    }
  }

  private static WireMessage parse(RepeatedSchema schema, byte[] bytes, QuarantineReason reason)
      throws Quarantine {
    try {
      return schema.parse(bytes);
    } catch (IOException | NumberFormatException e) {
      throw new Quarantine(reason, "not one JSON value: " + NotJson.describe(bytes, e));
    }
  }
}
