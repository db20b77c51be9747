package dev.changelake.compact.align;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.WireMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record of a table's topic says of its transaction.
 *
 * @param transaction the transaction's id
 * @param table {@code schema.table}
 * @param order the event's place among those of its table in the transaction, from 1
 * @param position the event's place in the source's log; 0 if it does not tell
 */
record EventBlock(Kind kind, String transaction, String table, long order, long position) {
  /** PostgreSQL's ids are {@code transaction:position}, and each record has its own position. */
  private static final Pattern WITH_POSITION = Pattern.compile("(\\d{1,18}):(\\d{1,18})");

  private static final EventBlock FREE = new EventBlock(Kind.FREE, "", "", 0, 0);

  /** Whether there is a transaction. */
  enum Kind {
    EVENT,
    /** Belongs to none: rows of snapshots, messages, tombstones, what is no envelope. */
    FREE,
    /** A change that must have been of one, and does not say of which. */
    UNTOLD
  }

  static EventBlock of(byte[] value) {
    return payload(value).map(EventBlock::of).orElse(FREE);
  }

  private static EventBlock of(JsonNode payload) {
    String table =
        payload.path("source").path("schema").asText()
            + "."
            + payload.path("source").path("table").asText();
    JsonNode block = payload.path("transaction");
    long order = block.path("data_collection_order").asLong();
    if (block.path("id").isTextual() && order > 0) {
      return new EventBlock(Kind.EVENT, id(block), table, order, position(block));
    }
    return switch (Operation.fromCode(payload.path("op").asText()).orElse(Operation.MESSAGE)) {
      case READ, MESSAGE -> FREE;
      case CREATE, UPDATE, DELETE, TRUNCATE -> new EventBlock(Kind.UNTOLD, "", table, 0, 0);
    };
  }

  /** The id that all records of a transaction share. */
  static String id(JsonNode block) {
    String text = block.path("id").asText();
    Matcher withPosition = WITH_POSITION.matcher(text);
    return withPosition.matches() ? withPosition.group(1) : text;
  }

  private static long position(JsonNode block) {
    Matcher withPosition = WITH_POSITION.matcher(block.path("id").asText());
    return withPosition.matches() ? Long.parseLong(withPosition.group(2)) : 0;
  }

  /** The message; empty for a tombstone and for what is no JSON. */
  static Optional<JsonNode> payload(byte[] value) {
    try {
      return value == null ? Optional.empty() : Optional.of(WireMessage.parse(value).payload());
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
