package dev.changelake.oracle.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.oracle.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Emits records that must not be applied: broken bytes, broken keys, broken envelopes. */
final class Garbage {

  /** The ways to break a record; a logical message is the only harmless one. */
  enum Kind {
    NOT_JSON,
    NOT_AN_OBJECT,
    TRUNCATED,
    TWO_VALUES,
    NULL_KEY_TOMBSTONE,
    CHANGED_WEBLOG,
    BAD_LINE,
    NULL_KEY,
    ODD_KEY,
    MESSAGE,
    TRUNCATE_OF_OTHER_TABLE,
    UNKNOWN_OP,
    NO_OP,
    OTHER_KEY,
    NULL_REQUIRED,
    MISSING_COLUMN,
    DECIMAL_OVERFLOW,
    DECIMAL_TOO_FINE,
    WRONG_TYPE,
    UNKNOWN_COLUMN,
    NO_AFTER,
    DELETE_WITH_AFTER,
    NO_SOURCE,
    BAD_LSN,
    OTHER_TABLE,
    BEFORE_OF_OTHER_KEY,
    BEFORE_WITH_UNKNOWN_COLUMN
  }

  private final Random random;
  private final Platform platform;
  private final Emitter emitter;
  private final EnvelopeSpoiler spoiler;

  Garbage(Random random, Platform platform, Emitter emitter) {
    this.random = random;
    this.platform = platform;
    this.emitter = emitter;
    this.spoiler = new EnvelopeSpoiler(random);
  }

  void emit(SourceTable table, SourceInfo source) {
    emit(Kind.values()[random.nextInt(Kind.values().length)], table, source);
  }

  void emit(Kind kind, SourceTable table, SourceInfo source) {
    List<Object> key = platform.anyKey(table);
    byte[] good = emitter.key(table, key);
    Map<String, Object> row = platform.invent(table, key);
    boolean inline = random.nextBoolean();
    ObjectNode envelope = emitter.encoder().envelope(table, "c", null, row, source, inline);
    switch (kind) {
      case NOT_JSON -> emitter.raw(table, good, text("id=7;name=Ada"));
      case NOT_AN_OBJECT -> emitter.raw(table, good, text(random.nextBoolean() ? "[1]" : "null"));
      case TRUNCATED -> {
        byte[] whole = EnvelopeEncoder.bytes(envelope);
        emitter.raw(table, good, Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)));
      }
      case TWO_VALUES -> emitter.raw(table, good, text(envelope + "{}"));
      case NULL_KEY_TOMBSTONE -> emitter.raw(table, null, null);
      case CHANGED_WEBLOG, BAD_LINE -> weblog(kind, source);
      default -> {
        spoiler.spoil(kind, table, envelope);
        ObjectNode value = inline ? emitter.encoder().withSchema(table, envelope) : envelope;
        emitter.raw(table, key(kind, table, good), EnvelopeEncoder.bytes(value));
      }
    }
  }

  private void weblog(Kind kind, SourceInfo source) {
    SourceTable table = SourceTable.WEBLOGS;
    if (kind == Kind.CHANGED_WEBLOG && random.nextBoolean()) {
      emitter.tombstone(table, platform.anyKey(table));
      return;
    }
    Map<String, Object> row = platform.invent(table, platform.anyKey(table));
    if (kind == Kind.BAD_LINE) {
      row.put("line", "10.0.0.1 - - GET / 200");
    }
    emitter.change(table, kind == Kind.BAD_LINE ? "c" : "u", null, row, source);
  }

  private byte[] key(Kind kind, SourceTable table, byte[] good) {
    return switch (kind) {
      case NULL_KEY -> null;
      case TRUNCATE_OF_OTHER_TABLE -> random.nextBoolean() ? null : good;
      case MESSAGE -> random.nextBoolean() ? null : text("{\"prefix\":\"app\"}");
      case ODD_KEY ->
          switch (random.nextInt(5)) {
            case 0 -> text("7");
            case 1 -> text("{\"%s\":\"7\"}".formatted(table.key().get(0)));
            case 2 -> text("{\"id\":7}");
            case 3 -> text("{}");
            default -> Arrays.copyOf(good, good.length - 1);
          };
      default -> good;
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
