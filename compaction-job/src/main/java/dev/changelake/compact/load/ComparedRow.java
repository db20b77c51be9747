package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of either side in the same form.
 *
 * @param key the values of the key
 * @param cells the text of each value, null for null
 */
record ComparedRow(List<Comparable<?>> key, List<String> cells) implements Comparable<ComparedRow> {
  private static final int HASH_BYTES = 8;
  private static final Pattern FRACTION_ZEROS = Pattern.compile("(\\.\\d*?)0+$");

  /** The text of a value, the same for values that are the same. */
  static String text(Column column, Object value) {
    if (column.type().kind() == ColumnType.Kind.TIME) {
      String digits = FRACTION_ZEROS.matcher((String) value).replaceFirst("$1");
      return digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits;
    }
    if (value instanceof BigDecimal number) {
      // Both sides are exact; how many zeros are written behind the point is the type's.
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : ScalarText.of(value);
  }

  /** A part of the key, in the order that both sides sort by. */
  static Comparable<?> keyPart(Object value) {
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
