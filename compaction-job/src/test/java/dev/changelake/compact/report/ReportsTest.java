package dev.changelake.compact.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
  private static final TableContracts CONTRACTS = TableContracts.load(Optional.empty());

  @TempDir private Path folder;

  @Test
  void bringsTheFourOfThePlatform() {
    // when
    Reports reports = Reports.load(Optional.empty(), CONTRACTS);

    // then
    assertThat(reports.all())
        .extracting(Report::name)
        .containsExactly(
            "monthly_sales", "most_popular_products", "most_used_devices", "total_leads");
    assertThat(reports.all()).allSatisfy(report -> assertThat(report.description()).isNotEmpty());
  }

  @Test
  void takesOneMoreFromOneFile() throws IOException {
    // given
    Files.writeString(
        folder.resolve("orders_by_company.sql"),
        """
        -- Orders of each company,
        -- most first.
        -- column company_id bigint
        -- column total decimal(20,2)
        -- key company_id
        SELECT company_id, sum(prod_quote_price) AS total FROM orders GROUP BY ALL
        """);

    // when
    Reports reports = Reports.load(Optional.of(folder), CONTRACTS);

    // then
    Report report =
        reports.all().stream()
            .filter(found -> found.name().equals("orders_by_company"))
            .findFirst()
            .orElseThrow();
    assertThat(report.description()).isEqualTo("Orders of each company, most first.");
    assertThat(report.columns()).extracting(Column::name).containsExactly("company_id", "total");
    assertThat(report.key()).containsExactly("company_id");
    assertThat(report.uses("orders")).isTrue();
    assertThat(report.uses("order")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a ORDER BY a",
        "-- column a int\nSELECT 1 AS a",
        "-- column a number\n-- key a\nSELECT 1 AS a",
        "-- column a int\n-- key b\nSELECT 1 AS a",
        "-- column a int\n-- column a int\n-- key a\nSELECT 1 AS a",
        "-- column a int\n-- column b double\n-- key a\nSELECT 1 AS a",
        "-- column a int\n-- column b float\n-- key a\nSELECT 1 AS a",
        "-- column a int\n-- column b array<int>\n-- key a\nSELECT 1 AS a",
        "-- column a int\n-- column b map<string,string>\n-- key a\nSELECT 1 AS a",
        "-- column a binary\n-- key a\nSELECT 1 AS a"
      })
  void refusesAFileWithoutAContract(String content) throws IOException {
    // given
    Files.writeString(folder.resolve("odd.sql"), content);

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> Reports.load(Optional.of(folder), CONTRACTS));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.problem()).contains("odd.sql");
  }

  @Test
  void refusesTheNameOfATable() throws IOException {
    // given
    Files.writeString(
        folder.resolve("orders.sql"), "-- column a int\n-- key a\nSELECT 1 AS a ORDER BY a");

    // when, then
    assertThatThrownBy(() -> Reports.load(Optional.of(folder), CONTRACTS))
        .hasMessageContaining("a table or another report has its name");
  }

  @Test
  void writesEachTypeAsPostgresqlReadsIt() {
    // given
    Report report =
        ReportFile.parse(
            "r",
            "-- column a time\n-- column b timestamp_ntz\n-- column c binary\n-- key a\nSELECT"
                .getBytes(StandardCharsets.UTF_8));

    // when
    byte[] csv =
        ReportCsv.write(
            report,
            List.of(
                RowFactory.create(
                    "24:00:00.000000",
                    LocalDateTime.parse("2020-03-29T02:30:00.000001"),
                    new byte[] {0, -1}),
                RowFactory.create("00:00:00.000000", null, new byte[0])));

    // then
    assertThat(new String(csv, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            a,b,c
            24:00:00.000000,"2020-03-29T02:30:00.000001","\\x00ff"
            00:00:00.000000,,"\\x"
            """);
  }

  @Test
  void writesCsvWithAHeaderAndTellsNullFromEmpty() {
    // given
    Report report =
        ReportFile.parse(
            "r",
            "-- column a string\n-- column b decimal(10,2)\n-- column c timestamp\n-- key a\nSELECT"
                .getBytes(StandardCharsets.UTF_8));

    // when
    byte[] csv =
        ReportCsv.write(
            report,
            List.of(
                RowFactory.create("plain", new BigDecimal("1E+3"), Instant.EPOCH),
                RowFactory.create("a \"b\", c\nd", null, null),
                RowFactory.create("", null, null),
                RowFactory.create(null, new BigDecimal("-0.10"), null)));

    // then
    assertThat(new String(csv, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            a,b,c
            plain,1000,1970-01-01T00:00:00Z
            "a ""b"", c
            d",,
            "",,
            ,-0.10,
            """);
  }
}
