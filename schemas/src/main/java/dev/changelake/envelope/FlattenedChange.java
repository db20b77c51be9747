package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.contract.RecordForm;
import java.util.Map;

/**
 * The row alone, as Debezium's {@code ExtractNewRecordState} leaves it, with what {@code
 * add.fields} adds to it.
 *
 * <p>Such fields begin with {@code __}, the default of {@code add.fields.prefix}, and no column of
 * a contract does. A delete that is rewritten says so in {@code __deleted} and brings the row
 * before.
 */
final class FlattenedChange implements WireChange {
  private static final String PREFIX = "__";

  private final JsonNode payload;
  private final WireSchema schema;
  private final ObjectNode row = JsonNodeFactory.instance.objectNode();

  FlattenedChange(JsonNode payload, WireSchema schema) {
    this.payload = payload;
    this.schema = schema;
    for (Map.Entry<String, JsonNode> field : payload.properties()) {
      if (!isAdded(field.getKey())) {
        row.set(field.getKey(), field.getValue());
      }
    }
  }

  /** Whether a field is the connector's and no column. */
  static boolean isAdded(String name) {
    return name.startsWith(PREFIX);
  }

  @Override
  public RecordForm form() {
    return RecordForm.FLATTENED;
  }

  @Override
  public String op() throws Quarantine {
    String deleted = text("deleted");
    if (deleted != null && !deleted.equals("true") && !deleted.equals("false")) {
      throw new Quarantine(
          QuarantineReason.UNDECODABLE_VALUE, "__deleted is neither true nor false");
    }
    String op = text("op");
    if (op != null
        && deleted != null
        && op.equals(Operation.DELETE.code()) != deleted.equals("true")) {
      throw new Quarantine(QuarantineReason.WRONG_IMAGE, "__op and __deleted disagree");
    }
    return op == null && "true".equals(deleted) ? Operation.DELETE.code() : op;
  }

  @Override
  public Long lsn() throws Quarantine {
    return counter("lsn");
  }

  @Override
  public Long txId() throws Quarantine {
    return counter("txId");
  }

  /** Not {@code __ts_ms}, which is the connector's clock. */
  @Override
  public Long sourceTsMs() throws Quarantine {
    return WireCounter.read(payload.path("__source_ts_ms"), "__source_ts_ms");
  }

  private Long counter(String name) throws Quarantine {
    String field = payload.has(PREFIX + name) ? PREFIX + name : "__source_" + name;
    return WireCounter.read(payload.path(field), field);
  }

  @Override
  public String table() {
    return added("table");
  }

  @Override
  public SourceOrigin origin() {
    return new SourceOrigin(added("name"), added("db"), added("schema"));
  }

  /** A field of the source block, with the struct's name before it or without. */
  private String added(String name) {
    return payload
        .path(payload.has(PREFIX + name) ? PREFIX + name : "__source_" + name)
        .textValue();
  }

  @Override
  public JsonNode before() throws Quarantine {
    return isDelete() ? row : null;
  }

  @Override
  public WireSchema beforeSchema() {
    return schema;
  }

  @Override
  public JsonNode after() throws Quarantine {
    return isDelete() ? null : row;
  }

  @Override
  public WireSchema afterSchema() {
    return schema;
  }

  private boolean isDelete() throws Quarantine {
    return Operation.DELETE.code().equals(op());
  }

  private String text(String name) {
    JsonNode node = payload.path(PREFIX + name);
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }
}
