package dev.changelake.oracle.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases in MaxMind's format, so that tests need not fetch one.
 *
 * <p>A database is a binary tree over the 128 bits of an address, IPv4 ones at {@code ::/96}, then
 * the data that its leaves point to, then the metadata.
 */
public final class TinyCountryDatabase {

  private static final int RECORD_BITS = 24;
  private static final byte[] METADATA_MARK =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

  /** What a side of a node holds: nothing, or another node, or else a place in the data. */
  private static final int EMPTY = -1;

  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
  private final List<int[]> places = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
  private final Map<String, Integer> placeByCountry = new HashMap<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  private final int ipVersion;

  private TinyCountryDatabase(int ipVersion) {
    this.ipVersion = ipVersion;
  }

  /**
   * Writes a database whose entries are of the form {@code {country_code: DE}}.
   *
   * @param type what its metadata calls it
   * @param built when it claims to be built
   * @param countries the country of each network ({@code 192.0.2.0/24}); they must not overlap
   */
  public static void write(Path file, String type, Instant built, Map<String, String> countries) {
    write(file, 6, type, built, countries);
  }

  /** Writes a database that knows IPv4 addresses alone: its tree is over their 32 bits. */
  public static void writeIpv4Alone(
      Path file, String type, Instant built, Map<String, String> countries) {
    write(file, 4, type, built, countries);
  }

  private static void write(
      Path file, int ipVersion, String type, Instant built, Map<String, String> countries) {
    TinyCountryDatabase database = new TinyCountryDatabase(ipVersion);
    countries.forEach(database::add);
    try {
      Files.write(file, database.bytes(type, built));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private void add(String network, String country) {
    String[] parts = network.split("/");
    byte[] address =
        IpLiteral.parse(parts[0])
            .map(InetAddress::getAddress)
            .orElseThrow(() -> new IllegalArgumentException("Not a network: " + network));
    byte[] bits = new byte[ipVersion == 6 ? 16 : 4];
    System.arraycopy(address, 0, bits, bits.length - address.length, address.length);
    int length = Integer.parseInt(parts[1]) + (bits.length - address.length) * 8;
    int node = 0;
    for (int i = 0; i < length - 1; i++) {
      node = child(node, bit(bits, i));
    }
    int side = bit(bits, length - 1);
    requireEmpty(node, side);
    places.get(node)[side] = place(country);
  }

  private int child(int node, int side) {
    if (nodes.get(node)[side] == EMPTY) {
      requireEmpty(node, side);
      nodes.add(new int[] {EMPTY, EMPTY});
      places.add(new int[] {EMPTY, EMPTY});
      nodes.get(node)[side] = nodes.size() - 1;
    }
    return nodes.get(node)[side];
  }

  private void requireEmpty(int node, int side) {
    if (nodes.get(node)[side] != EMPTY || places.get(node)[side] != EMPTY) {
      throw new IllegalArgumentException("The networks overlap");
    }
  }

  private static int bit(byte[] bits, int index) {
    return bits[index / 8] >> (7 - index % 8) & 1;
  }

  private int place(String country) {
    return placeByCountry.computeIfAbsent(
        country,
        code -> {
          int place = data.size();
          data.writeBytes(encoded(Map.of("country_code", code)));
          return place;
        });
  }

  private byte[] bytes(String type, Instant built) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int node = 0; node < nodes.size(); node++) {
      for (int side = 0; side < 2; side++) {
        int record = record(node, side);
        file.write(record >> 16);
        file.write(record >> 8);
        file.write(record);
      }
    }
    file.writeBytes(new byte[16]);
    file.writeBytes(data.toByteArray());
    file.writeBytes(METADATA_MARK);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", built.getEpochSecond());
    metadata.put("database_type", type);
    metadata.put("description", Map.of());
    metadata.put("ip_version", ipVersion);
    metadata.put("node_count", nodes.size());
    metadata.put("record_size", RECORD_BITS);
    file.writeBytes(encoded(metadata));
    return file.toByteArray();
  }

  private int record(int node, int side) {
    if (nodes.get(node)[side] != EMPTY) {
      return nodes.get(node)[side];
    }
    int place = places.get(node)[side];
    return place == EMPTY ? nodes.size() : nodes.size() + 16 + place;
  }

  /** A value of the format: its type and size in the first byte or two, then its content. */
  private static byte[] encoded(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (value instanceof String text) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      bytes.write(2 << 5 | shortSize(content.length));
      bytes.writeBytes(content);
    } else if (value instanceof Integer number) {
      bytes.write(6 << 5 | Integer.BYTES);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    } else if (value instanceof Long number) {
      bytes.write(Long.BYTES);
      bytes.write(9 - 7);
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    } else if (value instanceof Map<?, ?> map) {
      bytes.write(7 << 5 | shortSize(map.size()));
      map.forEach(
          (key, content) -> {
            bytes.writeBytes(encoded(key));
            bytes.writeBytes(encoded(content));
          });
    } else {
      throw new IllegalArgumentException("Not of the format: " + value);
    }
    return bytes.toByteArray();
  }

  private static int shortSize(int size) {
    if (size > 28) {
      throw new IllegalArgumentException("A size above 28 is not supported, was " + size);
    }
    return size;
  }
}
