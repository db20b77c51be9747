package dev.changelake.oracle.origin;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzerDirect;
import nl.basjes.parse.useragent.Version;

/**
 * Adds to a web log {@code country}, {@code country_data}, {@code device} and {@code device_data}.
 *
 * <p>{@code country_data} and {@code device_data} tell which data and which library were asked, so
 * they are there also when the answer is null, but not when there was nothing to ask about. Give it
 * to the oracle that is to expect the columns.
 */
public final class WebOrigin implements UnaryOperator<SortedMap<String, Object>> {

  private static final String DEVICE_DATA = "Yauaa " + Version.getInstance().getProjectVersion();

  private final Reader countries;
  private final String countryData;
  private final Map<String, String> devices = new HashMap<>();

  /** Reads a database in MaxMind's format; the file is not needed afterwards. */
  public static WebOrigin of(Path countryDatabase) {
    try (InputStream content = Files.newInputStream(countryDatabase)) {
      return new WebOrigin(content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + countryDatabase, e);
    }
  }

  /** Reads a database in MaxMind's format to its end, and leaves the stream open. */
  public WebOrigin(InputStream countryDatabase) throws IOException {
    this.countries = new Reader(countryDatabase);
    Metadata metadata = countries.getMetadata();
    LocalDate built = LocalDate.ofInstant(metadata.buildTime(), ZoneOffset.UTC);
    this.countryData = metadata.databaseType() + " " + built;
  }

  /** The cells of a web log, with four more. */
  @Override
  public SortedMap<String, Object> apply(SortedMap<String, Object> weblog) {
    SortedMap<String, Object> cells = new TreeMap<>(weblog);
    cells.put("country", country((String) weblog.get("client_ip")).orElse(null));
    cells.put("country_data", countryData);
    String userAgent = (String) weblog.get("user_agent");
    cells.put("device", userAgent == null ? null : device(userAgent));
    cells.put("device_data", userAgent == null ? null : DEVICE_DATA);
    return Collections.unmodifiableSortedMap(cells);
  }

  private Optional<String> country(String address) {
    return IpLiteral.parse(address).flatMap(this::country);
  }

  private Optional<String> country(InetAddress address) {
    try {
      return Optional.ofNullable(countries.get(address, Map.class)).flatMap(WebOrigin::code);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look up " + address, e);
    }
  }

  /** Databases differ: some hold the code alone, MaxMind's own hold a record of the country. */
  private static Optional<String> code(Map<?, ?> entry) {
    if (entry.get("country") instanceof Map<?, ?> country) {
      return Optional.ofNullable((String) country.get("iso_code"));
    }
    return Optional.ofNullable((String) entry.get("country_code"));
  }

  private String device(String userAgent) {
    return devices.computeIfAbsent(
        userAgent, agent -> Analyzer.DEVICES.parse(agent).getValue(UserAgent.DEVICE_NAME));
  }

  /** Takes seconds to build: once a JVM, and only if there is a user agent to look at. */
  private static final class Analyzer {

    static final UserAgentAnalyzerDirect DEVICES =
        UserAgentAnalyzerDirect.newBuilder()
            .withField(UserAgent.DEVICE_NAME)
            .hideMatcherLoadStats()
            .build();
  }
}
