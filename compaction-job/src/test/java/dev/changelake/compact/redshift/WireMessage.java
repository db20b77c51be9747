package dev.changelake.compact.redshift;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message of PostgreSQL's protocol, version 3.
 *
 * @param type its letter; 0 for the first message of a connection, which has none
 * @param body what follows its length
 */
record WireMessage(char type, byte[] body) {
  static final WireMessage SYNC = of('S');
  static final WireMessage FLUSH = of('H');

  /** A message of integers (16 bits for a Short), texts and bytes, in order. */
  static WireMessage of(char type, Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Object part : parts) {
        if (part instanceof Short number) {
          out.writeShort(number);
        } else if (part instanceof Integer number) {
          out.writeInt(number);
        } else if (part instanceof Character letter) {
          out.writeByte(letter);
        } else if (part instanceof byte[] raw) {
          out.write(raw);
        } else {
          out.write(part.toString().getBytes(StandardCharsets.UTF_8));
          out.writeByte(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WireMessage(type, bytes.toByteArray());
  }

  static WireMessage error(String severity, String state, String message, String detail) {
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put('S', severity);
    fields.put('V', severity);
    fields.put('C', state);
    fields.put('M', message);
    if (!detail.isEmpty()) {
      fields.put('D', detail);
    }
    return error(fields);
  }

  static WireMessage error(Map<Character, String> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fields.forEach(
        (field, value) -> {
          bytes.write(field);
          bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
          bytes.write(0);
        });
    bytes.write(0);
    return new WireMessage('E', bytes.toByteArray());
  }

  /** The fields of an error or a notice. */
  Map<Character, String> fields() {
    Map<Character, String> fields = new LinkedHashMap<>();
    ByteBuffer rest = buffer();
    for (byte field = rest.get(); field != 0; field = rest.get()) {
      fields.put((char) field, text(rest));
    }
    return fields;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(body);
  }

  /** The text up to the next zero. */
  static String text(ByteBuffer rest) {
    int start = rest.position();
    while (rest.get() != 0) {
      // The end is what is looked for.
    }
    return new String(rest.array(), start, rest.position() - 1 - start, StandardCharsets.UTF_8);
  }

  /** The values of a data row, as texts; null is null. */
  List<String> values() {
    ByteBuffer rest = buffer();
    String[] values = new String[rest.getShort()];
    for (int i = 0; i < values.length; i++) {
      int length = rest.getInt();
      if (length >= 0) {
        values[i] = new String(rest.array(), rest.position(), length, StandardCharsets.UTF_8);
        rest.position(rest.position() + length);
      }
    }
    return Arrays.asList(values);
  }
}
