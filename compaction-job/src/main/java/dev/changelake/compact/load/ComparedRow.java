package dev.changelake.compact.load;

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

  /** A row of values in the order of the table's columns. */
  static ComparedRow of(WarehouseTable table, List<Object> values) {
    List<String> names = table.columnNames();
    List<Comparable<?>> key = new ArrayList<>();
    table.key().forEach(name -> key.add(keyPart(values.get(names.indexOf(name)))));
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      cells.add(ComparedText.of(table.columns().get(i).type(), values.get(i)));
    }
    return new ComparedRow(key, cells);
  }

  /** A part of the key, in the order that both sides sort by. */
  private static Comparable<?> keyPart(Object value) {
    return value instanceof String text ? new Utf8(text) : (Comparable<?>) value;
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

  /** A text that sorts by its bytes, as Spark, Redshift and PostgreSQL's collation C do. */
  private record Utf8(String text) implements Comparable<Utf8> {
    @Override
    public int compareTo(Utf8 other) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
