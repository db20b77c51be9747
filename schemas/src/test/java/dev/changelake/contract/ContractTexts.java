package dev.changelake.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Contract files to change and to read in tests. */
final class ContractTexts {
  static final Path SHIPPED = Path.of("src/main/resources/tables");
  private static final JsonMapper MAPPER = new JsonMapper();

  private ContractTexts() {}

  /** A small valid contract, on which tests do one thing wrong. */
  static ObjectNode items() {
    return object(
        """
        {"table": "items", "topic": "b2b.public.items", "mode": "merge", "key": ["item_id"],
         "description": "Items.",
         "columns": [
           {"name": "item_id", "type": "bigint"},
           {"name": "price", "type": "decimal(18,2)"},
           {"name": "sold", "type": "boolean"},
           {"name": "note", "type": "string", "nullable": true}]}
        """);
  }

  /** A target and its feed, both valid. */
  static Map<String, ObjectNode> fed() {
    ObjectNode items = items();
    items
        .putArray("feeds")
        .add(
            object(
                """
        {"from": "offers", "when": {"item_id": "not_null", "taken": "true"},
         "columns": {"item_id": "item_id", "price": "price", "sold": "taken", "note": null}}
        """));
    ObjectNode offers =
        object(
            """
        {"table": "offers", "topic": "b2b.public.offers", "mode": "feed", "key": ["offer_id"],
         "description": "Offers.",
         "columns": [
           {"name": "offer_id", "type": "bigint"},
           {"name": "item_id", "type": "bigint", "nullable": true},
           {"name": "price", "type": "decimal(18,2)"},
           {"name": "taken", "type": "boolean", "nullable": true},
           {"name": "words", "type": "string", "nullable": true}]}
        """);
    return new TreeMap<>(Map.of("items.json", items, "offers.json", offers));
  }

  static TableContract parse(JsonNode contract) {
    return parse(contract.toString());
  }

  static TableContract parse(String contract) {
    try {
      return ContractFile.parse(contract.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TableContracts contracts(Map<String, ? extends JsonNode> files) {
    Map<String, TableContract> contracts = new TreeMap<>();
    files.forEach((file, node) -> contracts.put(file, parse(node)));
    return TableContracts.of(contracts);
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode column(JsonNode contract, int index) {
    return (ObjectNode) contract.get("columns").get(index);
  }

  static ArrayNode array(JsonNode contract, String name) {
    return (ArrayNode) contract.get(name);
  }

  static List<Path> shippedFiles() {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode shipped(Path file) {
    try {
      return object(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
