package dev.changelake.compact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.batch.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardPageTest {
  private final DashboardLake lake = new DashboardLake();
  private Manifest manifest;

  @BeforeEach
  void aBatch() {
    manifest = lake.batch(2, "2020-06-22");
  }

  @Test
  void chartsHoldTheNumbersOfTheReports() throws IOException {
    // when
    JsonNode charts = charts(page());

    // then
    assertThat(charts.findValuesAsText("id"))
        .containsExactly(
            "monthly_sales", "most_used_devices", "most_popular_products", "total_leads");
    assertThat(charts.get(0))
        .isEqualTo(
            json(
                """
                {"id":"monthly_sales","form":"lines","labels":["2019-12","2020-05","2020-06"],"series":[
                 {"name":"Sales","values":["0.30","200.10","12345678901234567890123456.78"]},
                 {"name":"Profit","values":["0.10","50.00","-0.01"]}]}
                """));
    assertThat(charts.get(1).path("labels").get(0).asText()).isEqualTo(DashboardLake.HOSTILE);
    assertThat(charts.get(1).path("series").get(0).path("values"))
        .isEqualTo(json("[\"480\",\"278\"]"));
    assertThat(charts.get(2).path("labels").get(0).asText()).isEqualTo("0–499");
    assertThat(charts.get(2).path("series").get(0).path("name").asText()).isEqualTo("US");
    assertThat(charts.get(2).path("series").get(0).path("values"))
        .isEqualTo(json("[\"2\",\"1\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"1\"]"));
    assertThat(charts.get(3).path("labels"))
        .isEqualTo(json("[\"Customer 3\",\"Customer 5\",\"Customer 9\",\"Customer 2\"]"));
    assertThat(charts.get(3).path("series").get(0).path("values"))
        .isEqualTo(json("[\"7\",\"7\",\"2\",\"1\"]"));
  }

  @Test
  void tablesShowTheExactTextOfTheReports() {
    // when
    String page = page();

    // then
    assertThat(page)
        .contains("<td class=\"number\">12345678901234567890123456.78</td>")
        .contains("<td class=\"number\">0.30</td>")
        .doesNotContain("Optional")
        .contains("<dd>12,345,678,901,234,567,890,123,456.78</dd>")
        .contains("<th scope=\"row\" class=\"text\">5000</th><td class=\"text\">US</td>");
  }

  @Test
  void noTextFromOutsideBreaksOut() {
    // when
    String page = page();

    // then
    assertThat(page)
        .doesNotContain(DashboardLake.HOSTILE)
        .doesNotContain("<b onclick")
        .contains("&lt;/script&gt;&lt;b onclick")
        .contains("\\u003c/script\\u003e\\u003cb onclick");
    assertThat(Pattern.compile("</script>").matcher(page).results()).hasSize(3);
    assertThat(numbers(page)).doesNotContain("<", ">", "&");
  }

  @Test
  void whatTheBatchLacksIsSaid() {
    // given
    BatchReports none = BatchReports.read(lake.lake, manifest);

    // when
    String page = text(DashboardPage.write(manifest, none));

    // then
    assertThat(numbers(page)).isEqualTo("[]");
    assertThat(page)
        .contains("Batch 2020-06-22 has no report monthly_sales")
        .contains("Batch 2020-06-22 has no report total_leads")
        .doesNotContain("<canvas")
        .contains("Both sums add up for each table.");
  }

  @Test
  void aReportWithoutRowsIsSaid() {
    // given
    lake.report(manifest, "most_used_devices", "device,total_devices\n");

    // when
    String page = text(DashboardPage.write(manifest, BatchReports.read(lake.lake, manifest)));

    // then
    assertThat(page).contains("The report most_used_devices of batch 2020-06-22 has no rows.");
  }

  @Test
  void theLedgerAndTheOffsetsAreThoseOfTheManifest() {
    // when
    String page = page();

    // then
    assertThat(page)
        .containsPattern("orders</th><td class=\"number\">10</td><td class=\"number\">7</td>")
        .containsPattern("orders</th><td class=\"number\">1,234</td><td class=\"number\">3</td>")
        .contains(
            "b2b.public.orders</th><td class=\"number\">0</td><td class=\"number\">20</td>"
                + "<td class=\"number\">29</td><td class=\"number\">10</td>")
        .contains("2020-06-23T01:00:00Z");
  }

  @Test
  void theSameBatchGivesTheSameBytes() {
    assertThat(page()).isEqualTo(page());
  }

  @Test
  void nothingIsLoadedAndNothingElseRuns() {
    // when
    String page = page();

    // then
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).contains("default-src").doesNotContain("unsafe");
    assertThat(page)
        .doesNotContainPattern("(src|srcset)=\"")
        .doesNotContain("sourceMappingURL")
        .doesNotContain("<link rel=\"stylesheet\"")
        .contains("The MIT License (MIT)")
        .contains("Copyright (c) 2014-2024 Chart.js Contributors");
  }

  @Test
  void manyProductsAreCountedInFewRanges() {
    // given
    List<String> products = IntStream.rangeClosed(1, 3000).mapToObj(Integer::toString).toList();
    List<String> countries = products.stream().map(product -> "DE").toList();

    // when
    Chart chart = ProductRanges.chart(products, countries);

    // then
    assertThat(chart.labels()).hasSize(16).startsWith("0–199").endsWith("3000–3199");
    assertThat(chart.series().get(0).values()).startsWith("199", "200").endsWith("1");
  }

  @Test
  void productsOfAnyNumbersHaveRanges() {
    // when
    Chart chart =
        ProductRanges.chart(
            List.of("-9223372036854775808", "7", "9223372036854775807"), List.of("US", "DE", "US"));

    // then
    assertThat(chart.labels()).hasSizeLessThanOrEqualTo(20);
    assertThat(chart.series()).extracting(Chart.Series::name).containsExactly("DE", "US");
  }

  private String page() {
    lake.reports(manifest);
    return text(DashboardPage.write(manifest, BatchReports.read(lake.lake, manifest)));
  }

  private static String text(byte[] page) {
    return new String(page, StandardCharsets.UTF_8);
  }

  private static String numbers(String page) {
    Matcher numbers = Pattern.compile("id=\"numbers\">([^\\n]*)</script>").matcher(page);
    assertThat(numbers.find()).isTrue();
    return numbers.group(1);
  }

  private static JsonNode charts(String page) throws IOException {
    return json(numbers(page));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
