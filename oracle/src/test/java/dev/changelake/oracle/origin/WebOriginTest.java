package dev.changelake.oracle.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import nl.basjes.parse.useragent.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebOriginTest {

  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 13_5_1 like Mac OS X) AppleWebKit/605.1.15"
          + " (KHTML, like Gecko) Version/13.1.1 Mobile/15E148 Safari/604.1";
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/83.0.4103.106 Safari/537.36";

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void writeDatabase() {
    file = folder.resolve("country.mmdb");
    TinyCountryDatabase.write(
        file,
        "Tiny country",
        Instant.parse("2020-06-01T23:59:59Z"),
        Map.of(
            "192.0.2.0/25", "DE",
            "192.0.2.128/25", "FR",
            "198.51.100.7/32", "DE",
            "2001:db8::/32", "NL"));
  }

  private static SortedMap<String, Object> weblog(String address, String userAgent) {
    SortedMap<String, Object> cells = new TreeMap<>();
    cells.put("line_number", 1L);
    cells.put("client_ip", address);
    cells.put("user_agent", userAgent);
    return cells;
  }

  @Test
  void a_web_log_gets_four_columns_more() {
    SortedMap<String, Object> weblog = weblog("192.0.2.1", IPHONE);
    Map<String, Object> expected = new HashMap<>(weblog);
    expected.put("country", "DE");
    expected.put("country_data", "Tiny country 2020-06-01");
    expected.put("device", "Apple iPhone");
    expected.put("device_data", "Yauaa " + Version.getInstance().getProjectVersion());

    assertThat(WebOrigin.of(file).apply(weblog)).isEqualTo(expected);
    assertThat(weblog).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0, DE",
    "192.0.2.127, DE",
    "192.0.2.128, FR",
    "198.51.100.7, DE",
    "198.51.100.8,",
    "10.0.0.1,",
    "2001:db8:ffff::1, NL",
    "2001:db9::1,",
    "::ffff:192.0.2.1, DE",
    "localhost,",
    "-,"
  })
  void an_address_has_the_country_of_its_network_if_any(String address, String country) {
    assertThat(WebOrigin.of(file).apply(weblog(address, null)))
        .containsEntry("country", country)
        .containsEntry("country_data", "Tiny country 2020-06-01");
  }

  @Test
  void a_device_is_named_if_there_is_a_user_agent() {
    WebOrigin origin = WebOrigin.of(file);

    assertThat(origin.apply(weblog("-", CHROME))).containsEntry("device", "Desktop");
    assertThat(origin.apply(weblog("-", CHROME))).containsEntry("device", "Desktop");
    assertThat(origin.apply(weblog("-", null)))
        .containsEntry("device", null)
        .containsEntry("device_data", null);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/8, 10.1.0.0/16", "10.1.0.0/16, 10.0.0.0/8"})
  void networks_that_overlap_are_refused(String first, String second) {
    Map<String, String> networks = new LinkedHashMap<>();
    networks.put(first, "DE");
    networks.put(second, "FR");

    assertThatThrownBy(() -> TinyCountryDatabase.write(file, "Bad", Instant.EPOCH, networks))
        .hasMessage("The networks overlap");
  }

  @Test
  void no_database_is_an_error() {
    assertThatThrownBy(() -> WebOrigin.of(folder.resolve("none.mmdb")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.mmdb");
  }
}
