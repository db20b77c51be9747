package dev.changelake.oracle.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an address that is written in full; never asks a name server.
 *
 * <p>IPv4 is four decimal numbers without leading zeros. IPv6 has no zone and no brackets; an
 * IPv4-mapped one is the IPv4 address.
 */
final class IpLiteral {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);

  /** With a colon in it, the JDK takes a text for an IPv6 literal or refuses it. */
  private static final Pattern MAYBE_V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpLiteral() {}

  static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !MAYBE_V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
