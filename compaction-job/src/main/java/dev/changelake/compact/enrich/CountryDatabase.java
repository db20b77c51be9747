package dev.changelake.compact.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the country of an address by a database in MaxMind's DB format.
 *
 * <p>Both usual forms of a record are read: {@code country_code} (ip-location-db), and {@code
 * country.iso_code} (MaxMind's GeoLite2 and GeoIP2).
 */
final class CountryDatabase {
  private static final String SHIPPED = "geo-whois-asn-country.mmdb";

  /** Literals alone: a name would be looked up in the DNS. */
  private static final Pattern IPV4 =
      Pattern.compile(
          "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]+");

  private static final int IPV4_ALONE = 4;

  private final Reader reader;

  private CountryDatabase(Reader reader) {
    this.reader = reader;
  }

  /** Opens the configured database, else the one that Changelake brings. */
  static CountryDatabase open(Optional<Path> configured) {
    try (InputStream content =
        configured.isPresent()
            ? Files.newInputStream(configured.get())
            : CountryDatabase.class.getResourceAsStream(SHIPPED)) {
      return new CountryDatabase(new Reader(content, new CHMCache()));
    } catch (IOException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The country database cannot be read.",
              e + ".",
              "Let geo.database in the configuration name a file in MaxMind's DB format that every"
                  + " executor can read, or leave the key out.")
          .causedBy(e);
    }
  }

  /** The ISO 3166 alpha-2 code; empty if the address is none or is not in the database. */
  Optional<String> countryOf(String address) {
    if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      if (parsed instanceof Inet6Address && reader.getMetadata().ipVersion() == IPV4_ALONE) {
        // The library would take the address's first bits for an IPv4 address.
        return Optional.empty();
      }
      Map<?, ?> found = reader.get(parsed, Map.class);
      if (found == null) {
        return Optional.empty();
      }
      Object code =
          found.get("country") instanceof Map<?, ?> country
              ? country.get("iso_code")
              : found.get("country_code");
      return Optional.ofNullable(code).map(Object::toString).filter(text -> !text.isEmpty());
    } catch (UnknownHostException e) {
      // It looked like an IPv6 address and is none.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database's type and the day on which it was built. */
  String version() {
    LocalDate built = reader.getMetadata().buildTime().atZone(ZoneOffset.UTC).toLocalDate();
    return reader.getMetadata().databaseType() + " " + built;
  }
}
