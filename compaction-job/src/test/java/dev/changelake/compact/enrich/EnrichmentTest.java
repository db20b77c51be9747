package dev.changelake.compact.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.oracle.origin.TinyCountryDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichmentTest {
  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 13_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/13.1.1 Mobile/15E148 Safari/604.1";
  private static final TableContract WEBLOGS = TableContracts.load(Optional.empty()).get("weblogs");

  private final CountryDatabase countries = CountryDatabase.open(Optional.empty());

  @Test
  void fillsTheComputedColumnsWithTheVersionsOfTheirData() {
    // given
    Object[] row = row("194.25.0.1", IPHONE);

    // when
    Enrichment.of(WEBLOGS, Optional.empty()).fill(row);

    // then
    assertThat(value(row, "country")).isEqualTo("DE");
    assertThat((String) value(row, "country_data")).matches("\\S.* 2026-\\d\\d-\\d\\d");
    assertThat(value(row, "device")).isEqualTo("Apple iPhone");
    assertThat((String) value(row, "device_data")).matches("Yauaa \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void leavesNullWhatIsComputedFromNull() {
    // given
    Object[] row = row("10.0.0.1", null);

    // when
    Enrichment.of(WEBLOGS, Optional.empty()).fill(row);

    // then
    assertThat(value(row, "country")).isNull();
    assertThat(value(row, "country_data")).isNotNull();
    assertThat(value(row, "device")).isNull();
    assertThat(value(row, "device_data")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "194.25.0.1, DE",
    "2003::1, DE",
    "::ffff:194.25.0.1, DE",
    "2a01:e00::1, FR",
    "133.1.1.1, JP"
  })
  void tellsTheCountryOfAnAddress(String address, String country) {
    // when, then
    assertThat(countries.countryOf(address)).contains(country);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "localhost",
        "1.2",
        "256.1.1.1",
        "",
        "::::",
        "1:2",
        "01.2.3.4",
        "194.25.0.1 "
      })
  void tellsNoCountryOfWhatIsNoPublicAddress(String address) {
    // when, then
    assertThat(countries.countryOf(address)).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoDatabase(@TempDir Path folder) throws Exception {
    // given
    Path file = Files.writeString(folder.resolve("countries.mmdb"), "no database");

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> CountryDatabase.open(Optional.of(file)));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.remedy()).contains("geo.database");
  }

  @Test
  void tellsNoCountryOfAnIpv6AddressByADatabaseOfIpv4Alone(@TempDir Path folder) {
    // given
    Path file = folder.resolve("countries.mmdb");
    // Its first 32 bits are those of 2001:db8::1.
    TinyCountryDatabase.writeIpv4Alone(
        file, "IPv4", Instant.EPOCH, Map.of("32.1.13.0/24", "DE", "10.0.0.0/8", "FR"));

    // when
    CountryDatabase ipv4Alone = CountryDatabase.open(Optional.of(file));

    // then
    assertThat(ipv4Alone.countryOf("32.1.13.184")).contains("DE");
    assertThat(ipv4Alone.countryOf("::ffff:10.1.2.3")).contains("FR");
    assertThat(ipv4Alone.countryOf("2001:db8::1")).isEmpty();
  }

  private static Object[] row(String ip, String userAgent) {
    Object[] row = new Object[WEBLOGS.columns().size()];
    row[position("client_ip")] = ip;
    row[position("user_agent")] = userAgent;
    return row;
  }

  private static Object value(Object[] row, String column) {
    return row[position(column)];
  }

  private static int position(String column) {
    List<String> names = WEBLOGS.columns().stream().map(Column::name).toList();
    return names.indexOf(column);
  }
}
