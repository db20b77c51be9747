package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.RecordForm;

/** Debezium's envelope. */
record EnvelopeChange(JsonNode payload, WireSchema schema) implements WireChange {
  static boolean is(JsonNode payload) {
    return hasOperation(payload) && hasSource(payload);
  }

  static boolean hasSource(JsonNode payload) {
    return payload.path("source").isObject();
  }

  private static boolean hasOperation(JsonNode payload) {
    return payload.path("op").isTextual();
  }

  /** What keeps a value from being an envelope. */
  static Quarantine refusal(JsonNode payload) {
    return new Quarantine(
        QuarantineReason.UNDECODABLE_VALUE,
        hasOperation(payload) ? "no source block" : "not an envelope with an op");
  }

  @Override
  public RecordForm form() {
    return RecordForm.ENVELOPE;
  }

  @Override
  public String op() {
    return payload.path("op").textValue();
  }

  @Override
  public Long lsn() throws Quarantine {
    return counter("lsn");
  }

  @Override
  public Long txId() throws Quarantine {
    return counter("txId");
  }

  @Override
  public Long sourceTsMs() throws Quarantine {
    return counter("ts_ms");
  }

  private Long counter(String name) throws Quarantine {
    return WireCounter.read(payload.get("source").path(name), "source." + name);
  }

  @Override
  public String table() {
    return payload.get("source").path("table").textValue();
  }

  @Override
  public SourceOrigin origin() {
    JsonNode source = payload.get("source");
    return new SourceOrigin(
        source.path("name").textValue(),
        source.path("db").textValue(),
        source.path("schema").textValue());
  }

  @Override
  public JsonNode before() throws Quarantine {
    return image("before");
  }

  @Override
  public WireSchema beforeSchema() {
    return schema.field("before");
  }

  @Override
  public JsonNode after() throws Quarantine {
    return image("after");
  }

  @Override
  public WireSchema afterSchema() {
    return schema.field("after", 1);
  }

  private JsonNode image(String name) throws Quarantine {
    JsonNode node = payload.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      throw new Quarantine(QuarantineReason.WRONG_IMAGE, name + " is not an object");
    }
    return node;
  }
}
