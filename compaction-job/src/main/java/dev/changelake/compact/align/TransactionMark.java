package dev.changelake.compact.align;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record of a topic of transactions.
 *
 * @param transaction the transaction's id
 * @param counts of its end, how many events each table has, as {@code schema.table}
 */
record TransactionMark(String transaction, Optional<Map<String, Long>> counts) {
  /** Reads a record's value; empty if it is not as Debezium writes them. */
  static Optional<TransactionMark> of(byte[] value) {
    JsonNode payload = EventBlock.payload(value).orElse(null);
    if (payload == null || !payload.path("id").isTextual()) {
      return Optional.empty();
    }
    return switch (payload.path("status").asText()) {
      case "BEGIN" -> Optional.of(new TransactionMark(EventBlock.id(payload), Optional.empty()));
      case "END" ->
          Optional.of(new TransactionMark(EventBlock.id(payload), Optional.of(counts(payload))));
      default -> Optional.empty();
    };
  }

  private static Map<String, Long> counts(JsonNode payload) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode table : payload.path("data_collections")) {
      counts.put(table.path("data_collection").asText(), table.path("event_count").asLong());
    }
    return counts;
  }
}
