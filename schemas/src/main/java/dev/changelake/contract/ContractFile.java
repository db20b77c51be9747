package dev.changelake.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads one contract file; what the file may say is in {@code contract.schema.json}. */
final class ContractFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private ContractFile() {}

  /** Reads a contract, or says which field is wrong. */
  static TableContract parse(byte[] content) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(content);
    } catch (JsonProcessingException e) {
      throw new ContractException("(file)", "is not valid JSON: " + e.getOriginalMessage());
    }
    object(root, "(file)");
    known(
        root,
        "",
        Set.of(
            "$schema",
            "table",
            "topic",
            "mode",
            "key",
            "columns",
            "parse",
            "feeds",
            "unavailable",
            "drift",
            "form",
            "source",
            "redshift",
            "description"));
    optionalText(root, "$schema", "");
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : array(root, "columns")) {
      columns.add(column(column, "columns[" + columns.size() + "]"));
    }
    List<Feed> feeds = new ArrayList<>();
    if (root.has("feeds")) {
      for (JsonNode feed : array(root, "feeds")) {
        feeds.add(feed(feed, "feeds[" + feeds.size() + "]"));
      }
    }
    return new TableContract(
        text(root, "table", ""),
        text(root, "topic", ""),
        named("mode", () -> TableMode.fromCode(text(root, "mode", ""))),
        texts(root, "key", ""),
        columns,
        Optional.ofNullable(root.get("parse")).map(ContractFile::lineParse),
        feeds,
        named(
            "unavailable",
            () ->
                optionalText(root, "unavailable", "")
                    .map(UnavailablePolicy::fromCode)
                    .orElse(UnavailablePolicy.QUARANTINE)),
        drift(root.path("drift")),
        named(
            "form",
            () ->
                optionalText(root, "form", "")
                    .map(RecordForm::fromCode)
                    .orElse(RecordForm.ENVELOPE)),
        source(root.path("source")),
        redshift(root.path("redshift")),
        text(root, "description", ""),
        fingerprint(root));
  }

  private static Column column(JsonNode node, String field) {
    object(node, field);
    known(
        node,
        field + ".",
        Set.of(
            "name",
            "type",
            "nullable",
            "omittable",
            "source",
            "aliases",
            "parsed",
            "computed",
            "stored",
            "references",
            "warehouse",
            "description"));
    String path = field + ".";
    return named(
        field,
        () ->
            new Column(
                text(node, "name", path),
                named(path + "type", () -> ColumnType.parse(text(node, "type", path))),
                flag(node, "nullable", path, false),
                flag(node, "omittable", path, false),
                optionalText(node, "source", path),
                node.has("aliases") ? texts(node, "aliases", path) : List.of(),
                flag(node, "parsed", path, false),
                Optional.ofNullable(node.get("computed"))
                    .map(computed -> computed(computed, path + "computed")),
                flag(node, "stored", path, true),
                optionalText(node, "references", path),
                optionalText(node, "warehouse", path),
                optionalText(node, "description", path).orElse("")));
  }

  private static DriftPolicies drift(JsonNode node) {
    if (node.isMissingNode()) {
      return DriftPolicies.HOLD;
    }
    object(node, "drift");
    Map<DriftKind, DriftPolicy> policies = new EnumMap<>(DriftKind.class);
    node.fieldNames()
        .forEachRemaining(
            name ->
                policies.put(
                    named("drift." + name, () -> DriftKind.fromCode(name)),
                    named(
                        "drift." + name, () -> DriftPolicy.fromCode(text(node, name, "drift.")))));
    return named("drift", () -> new DriftPolicies(policies));
  }

  private static SourceTable source(JsonNode node) {
    if (node.isMissingNode()) {
      return SourceTable.UNSAID;
    }
    object(node, "source");
    known(node, "source.", Set.of("name", "database", "schema", "table", "identifier"));
    return named(
        "source",
        () ->
            new SourceTable(
                optionalText(node, "name", "source."),
                optionalText(node, "database", "source."),
                optionalText(node, "schema", "source."),
                optionalText(node, "table", "source."),
                optionalText(node, "identifier", "source.")));
  }

  private static RedshiftHints redshift(JsonNode node) {
    if (node.isMissingNode()) {
      return RedshiftHints.NONE;
    }
    object(node, "redshift");
    known(node, "redshift.", Set.of("diststyle", "distkey", "sortkey"));
    return named(
        "redshift",
        () ->
            new RedshiftHints(
                optionalText(node, "diststyle", "redshift.").map(RedshiftHints.DistStyle::fromCode),
                optionalText(node, "distkey", "redshift."),
                node.has("sortkey") ? texts(node, "sortkey", "redshift.") : List.of()));
  }

  private static Computed computed(JsonNode node, String field) {
    object(node, field);
    String path = field + ".";
    known(node, path, Set.of("by", "from"));
    return new Computed(
        named(path + "by", () -> Computed.Computation.fromCode(text(node, "by", path))),
        text(node, "from", path));
  }

  private static LineParse lineParse(JsonNode node) {
    object(node, "parse");
    known(node, "parse.", Set.of("column", "format"));
    return new LineParse(
        text(node, "column", "parse."),
        named("parse.format", () -> LineParse.Format.fromCode(text(node, "format", "parse."))));
  }

  private static Feed feed(JsonNode node, String field) {
    object(node, field);
    String path = field + ".";
    known(node, path, Set.of("from", "when", "columns"));
    List<Feed.Condition> conditions = new ArrayList<>();
    if (node.has("when")) {
      object(node.get("when"), path + "when");
      node.get("when")
          .properties()
          .forEach(
              entry ->
                  conditions.add(
                      new Feed.Condition(
                          entry.getKey(),
                          named(
                              path + "when." + entry.getKey(),
                              () ->
                                  Feed.Test.fromCode(
                                      textual(
                                          entry.getValue(), path + "when." + entry.getKey()))))));
    }
    Map<String, Feed.Value> columns = new LinkedHashMap<>();
    object(node.path("columns"), path + "columns");
    node.get("columns")
        .properties()
        .forEach(
            entry ->
                columns.put(
                    entry.getKey(), value(entry.getValue(), path + "columns." + entry.getKey())));
    return new Feed(text(node, "from", path), conditions, columns);
  }

  private static Feed.Value value(JsonNode node, String field) {
    if (node.isTextual()) {
      return new Feed.FromColumn(node.textValue());
    }
    if (node.isBoolean()) {
      return new Feed.BooleanConstant(node.booleanValue());
    }
    if (node.isNull()) {
      return new Feed.NullConstant();
    }
    throw new ContractException(field, "must be a column's name, true, false or null");
  }

  private static String fingerprint(JsonNode root) {
    try {
      byte[] canonical = MAPPER.writeValueAsBytes(MAPPER.convertValue(root, new SortedTree()));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("A parsed contract can be written and hashed", e);
    }
  }

  /** Key order does not matter in a contract, so it must not matter in its fingerprint. */
  private static final class SortedTree extends TypeReference<Map<String, Object>> {}

  private static JsonNode array(JsonNode node, String name) {
    return array(node, "", name);
  }

  private static JsonNode array(JsonNode node, String path, String name) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw new ContractException(path + name, "must be an array");
    }
    return value;
  }

  private static List<String> texts(JsonNode node, String name, String path) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array(node, path, name)) {
      texts.add(textual(text, path + name + "[" + texts.size() + "]"));
    }
    return texts;
  }

  private static void object(JsonNode node, String field) {
    if (node == null || !node.isObject()) {
      throw new ContractException(field, "must be an object");
    }
  }

  private static void known(JsonNode node, String path, Set<String> names) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new ContractException(
                    path + name, "is not known; known are " + new TreeSet<>(names));
              }
            });
  }

  private static String text(JsonNode node, String name, String path) {
    return textual(node.path(name), path + name);
  }

  private static Optional<String> optionalText(JsonNode node, String name, String path) {
    return node.has(name) ? Optional.of(text(node, name, path)) : Optional.empty();
  }

  private static String textual(JsonNode node, String field) {
    if (!node.isTextual()) {
      throw new ContractException(field, "must be a string");
    }
    return node.textValue();
  }

  private static boolean flag(JsonNode node, String name, String path, boolean absent) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new ContractException(path + name, "must be true or false");
    }
    return value.isMissingNode() ? absent : value.booleanValue();
  }

  private static <T> T named(String field, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (ContractException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ContractException(field, "is wrong: " + e.getMessage());
    }
  }
}
