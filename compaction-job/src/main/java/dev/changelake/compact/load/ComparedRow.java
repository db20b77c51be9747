package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of either side in the same form.
 *
 * @param key the values of the key
 * @param cells the text of each value, null for null
 */
record ComparedRow(List<Comparable<?>> key, List<String> cells) implements Comparable<ComparedRow> {
  private static final int HASH_BYTES = 8;

  /**
   * A row of values in the order of the table's columns.
   *
   * @param keyAt where the key's columns are among them
   */
  static ComparedRow of(List<Column> columns, List<Integer> keyAt, List<Object> values) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      cells.add(ComparedText.of(columns.get(i).type(), values.get(i)));
    }
    List<Comparable<?>> key = new ArrayList<>();
    for (int i : keyAt) {
      key.add(keyPart(columns.get(i), values.get(i), cells.get(i)));
    }
    return new ComparedRow(key, cells);
  }

  private static Comparable<?> keyPart(Column column, Object value, String cell) {
    if (value instanceof Comparable<?> part && !(value instanceof String)) {
      return part;
    }
    if (value instanceof String) {
      // A text, or a time: its text is the same on both sides.
      return new Utf8(cell);
    }
    throw new ChangelakeException(
            ErrorCategory.DATA,
            "The warehouse has a row with a key that no load writes.",
            "Its column %s holds what is no value of the contract's.".formatted(column.name()),
            "Drop the table: `bin/changelake publish` makes it anew.")
        .notRetryable();
  }

  /** Sorts by the key. */
  @Override
  @SuppressWarnings("unchecked")
  public int compareTo(ComparedRow other) {
    for (int i = 0; i < key.size(); i++) {
      int order = ((Comparable<Object>) key.get(i)).compareTo(other.key.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** A hash of all cells; lengths keep two cells from looking like one. */
  long hash() {
    MessageDigest digest = sha256();
    for (String cell : cells) {
      byte[] bytes = cell == null ? new byte[0] : cell.getBytes(StandardCharsets.UTF_8);
      digest.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(cell == null ? -1 : bytes.length).array());
      digest.update(bytes);
    }
    return ByteBuffer.wrap(digest.digest(), 0, HASH_BYTES).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** A text that sorts by its bytes, as in Spark, in PostgreSQL's collation C and in Redshift. */
  private record Utf8(String text) implements Comparable<Utf8> {
    @Override
    public int compareTo(Utf8 other) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
