package dev.changelake.produce.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Public IPv4 networks by country, approximate. */
final class Networks {
  private final Map<String, List<Network>> byCountry;
  private final List<String> countries;

  private Networks(Map<String, List<Network>> byCountry) {
    this.byCountry = byCountry;
    this.countries = List.copyOf(byCountry.keySet());
  }

  static Networks read() {
    Map<String, List<Network>> byCountry = new TreeMap<>();
    for (String line : WordList.read("networks.txt").words()) {
      byCountry
          .computeIfAbsent(line.substring(0, 2), country -> new ArrayList<>())
          .add(Network.parse(line.substring(3)));
    }
    return new Networks(byCountry);
  }

  /** An address of that country. */
  String address(String country, Draws draws) {
    List<Network> networks = byCountry.get(country);
    return networks.get((int) draws.below(networks.size())).address(draws);
  }

  /** An address of any country. */
  String address(Draws draws) {
    return address(countries.get((int) draws.below(countries.size())), draws);
  }

  List<String> countries() {
    return countries;
  }

  /** A block of addresses, as {@code first/bits}. */
  record Network(long first, int bits) {
    Network {
      if (bits < 8 || bits > 24 || first % (1L << (32 - bits)) != 0) {
        throw new IllegalArgumentException("not a network: " + first + "/" + bits);
      }
    }

    static Network parse(String text) {
      String[] parts = text.split("[./]");
      long first = 0;
      for (int i = 0; i < 4; i++) {
        first = first * 256 + Integer.parseInt(parts[i]);
      }
      return new Network(first, Integer.parseInt(parts[4]));
    }

    /** An address that is a host's: its last number is neither 0 nor 255. */
    String address(Draws draws) {
      long host = draws.below(1L << (24 - bits)) * 256 + draws.between(1, 254);
      long address = first + host;
      return (address >> 24)
          + "."
          + (address >> 16 & 0xFF)
          + "."
          + (address >> 8 & 0xFF)
          + "."
          + (address & 0xFF);
    }
  }
}
