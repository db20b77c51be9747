package dev.changelake.envelope;

import static dev.changelake.envelope.RawJson.members;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One record as it came. */
final class CorpusRecord {
  private static final String MESSAGES = "corpus.message";

  /** Schemas are long, and few. */
  private static final Map<String, String> SCHEMAS = new HashMap<>();

  private static final Map<NarrowedSchema, String> NARROWED = new HashMap<>();

  private record NarrowedSchema(String schema, String column) {}

  private final String topic;
  private final String headers;
  private final String key;
  private final String value;
  private final Map<String, String> envelope;
  private final String schema;
  private final String operation;
  private final String id;

  private CorpusRecord(String topic, String headers, String key, String value) {
    this.topic = topic;
    this.headers = headers;
    this.key = key;
    this.value = value;
    Map<String, String> whole = value == null ? Map.of() : members(value);
    boolean inline = whole.keySet().equals(Set.of("schema", "payload"));
    this.schema = inline ? SCHEMAS.computeIfAbsent(whole.get("schema"), schema -> schema) : null;
    this.envelope = inline ? members(whole.get("payload")) : whole;
    this.operation = envelope.containsKey("op") ? RawJson.text(envelope.get("op")) : null;
    this.id = key == null ? null : id(key);
  }

  static CorpusRecord parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException("A record is topic, headers, key and value");
    }
    return new CorpusRecord(cells[0], cells[1], orNull(cells[2]), orNull(cells[3]));
  }

  private static String orNull(String cell) {
    return cell.isEmpty() ? null : cell;
  }

  /** The table whose topic this is. */
  String table() {
    return topic.substring(topic.lastIndexOf('.') + 1);
  }

  String headers() {
    return headers;
  }

  byte[] key() {
    return bytes(key);
  }

  byte[] value() {
    return bytes(value);
  }

  boolean isMessage() {
    return topic.equals(MESSAGES);
  }

  /** Whether it is of one row and has an envelope. */
  boolean isChange() {
    return key != null && envelope.containsKey("op") && !isMessage();
  }

  boolean isTombstone() {
    return value == null;
  }

  /** Whether this is the message that ends a step. */
  boolean endsStep() {
    return topic.equals(MESSAGES)
        && RawJson.text(members(envelope.get("message")).get("prefix")).equals("corpus.step");
  }

  String operation() {
    return operation;
  }

  /** The value of the key's one column. */
  String id() {
    return id;
  }

  private static String id(String key) {
    Map<String, String> whole = members(key);
    return (whole.containsKey("payload") ? members(whole.get("payload")) : whole).get("id");
  }

  /** Whether the value has such an image. */
  boolean has(String image) {
    return !envelope.getOrDefault(image, "null").equals("null");
  }

  /** The columns of an image, each as the JSON that it was written in. */
  Map<String, String> image(String image) {
    return members(envelope.get(image));
  }

  /** The row that a flattened value is, each cell as the JSON that it was written in. */
  Map<String, String> row() {
    return envelope;
  }

  /** The flattened value with the key, this column and what was added to the row alone. */
  byte[] narrowedRow(String column) {
    Map<String, String> narrow = new LinkedHashMap<>(envelope);
    narrow.keySet().removeIf(name -> !isKept(name, column));
    String narrowSchema =
        withFields(
            schema,
            RawJson.elements(members(schema).get("fields")).stream()
                .filter(field -> isKept(name(field), column))
                .toList());
    return bytes("{\"schema\":" + narrowSchema + ",\"payload\":" + RawJson.object(narrow) + "}");
  }

  private static boolean isKept(String name, String column) {
    return name.startsWith("__") || name.equals("id") || name.equals(column);
  }

  /** The value with the key and this column alone in the image; of two images, with this one. */
  byte[] narrowed(String image, Map<String, String> cells, String column) {
    Map<String, String> narrow = new LinkedHashMap<>(envelope);
    narrow.put("before", "null");
    narrow.put(image, RawJson.object(only(cells, Set.of("id", column))));
    if (image.equals("before") && has("after")) {
      narrow.put("after", RawJson.object(only(cells, Set.of("id"))));
    }
    String payload = RawJson.object(narrow);
    return bytes(
        schema == null
            ? payload
            : "{\"schema\":" + narrowedSchema(column) + ",\"payload\":" + payload + "}");
  }

  /** The schema of a value that is narrowed to the column; null without one. */
  String narrowedSchema(String column) {
    return schema == null
        ? null
        : NARROWED.computeIfAbsent(
            new NarrowedSchema(schema, column), none -> narrowed(schema, column));
  }

  private static Map<String, String> only(Map<String, String> cells, Set<String> columns) {
    Map<String, String> kept = new LinkedHashMap<>(cells);
    kept.keySet().retainAll(columns);
    return kept;
  }

  /** The schema of the images alone, with these columns alone. */
  private static String narrowed(String schema, String column) {
    return withFields(
        schema,
        RawJson.elements(members(schema).get("fields")).stream()
            .filter(field -> Set.of("before", "after").contains(name(field)))
            .map(image -> narrowedImage(image, Set.of("id", column)))
            .toList());
  }

  private static String narrowedImage(String schema, Set<String> columns) {
    return withFields(
        schema,
        RawJson.elements(members(schema).get("fields")).stream()
            .filter(field -> columns.contains(name(field)))
            .toList());
  }

  private static String withFields(String schema, List<String> fields) {
    Map<String, String> struct = members(schema);
    struct.put("fields", "[" + String.join(",", fields) + "]");
    return RawJson.object(struct);
  }

  private static String name(String field) {
    return RawJson.text(members(field).get("field"));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
