package dev.changelake.compact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.batch.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real browser opens the pages from a disk. Where there is none the tests are skipped, unless
 * {@code tests.browser} is {@code required}.
 */
class DashboardBrowserTest {
  private static final boolean IS_REQUIRED = "required".equals(System.getProperty("tests.browser"));

  @TempDir private static Path folder;
  private static final DashboardLake LAKE = new DashboardLake();
  private static Browser browser;
  private static URI page;

  @BeforeAll
  static void aPageOnADisk() throws IOException {
    Optional<Path> chromium = Browser.onPath();
    assumeTrue(
        chromium.isPresent() || IS_REQUIRED,
        "There is no chromium on the PATH (Debian: apt-get install chromium): no browser opens the"
            + " dashboard");
    assertThat(chromium).as("a chromium on the PATH").isPresent();
    Manifest manifest = LAKE.batch(2, "2020-06-22");
    LAKE.reports(manifest);
    new DashboardRun(LAKE.lake).run(manifest);
    Path file = folder.resolve("a page.html");
    Files.writeString(file, LAKE.page());
    page = file.toUri();
    browser = Browser.start(chromium.get(), folder.resolve("profile"));
  }

  @AfterAll
  static void ends() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
  void nothingIsLoadedNothingIsComplainedOfAndAllOfItIsSeen(int width, String scheme) {
    // given
    browser.look(width, scheme);

    // when
    browser.open(page);

    // then
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .filteredOn(url -> !url.equals("data:,"))
        .containsExactly(page.toString());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo(scheme.equals("dark") ? "rgb(15, 21, 28)" : "rgb(243, 245, 248)");
  }

  @Test
  void eachChartIsDrawnFromItsReport() {
    // when
    browser.look(1280, "light");
    browser.open(page);

    // then
    assertThat(labels("monthly_sales")).containsExactly("2019-12", "2020-05", "2020-06");
    assertThat(values("monthly_sales", 0))
        .isEqualTo(oldestFirst(column(DashboardLake.SALES, "monthly_sales")));
    assertThat(values("monthly_sales", 1))
        .isEqualTo(oldestFirst(column(DashboardLake.SALES, "monthly_profit")));
    assertThat(labels("most_used_devices"))
        .isEqualTo(column(DashboardLake.DEVICES, "device"))
        .startsWith(DashboardLake.HOSTILE);
    assertThat(values("most_used_devices", 0))
        .isEqualTo(doubles(column(DashboardLake.DEVICES, "total_devices")));
    assertThat(values("most_popular_products", 0).stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(column(DashboardLake.PRODUCTS, "prod_id").size());
    assertThat(labels("total_leads"))
        .containsExactly("Customer 3", "Customer 5", "Customer 9", "Customer 2");
    assertThat(values("total_leads", 0)).containsExactly(7.0, 7.0, 2.0, 1.0);
  }

  @Test
  void eachChartHasInkAndSaysWhatItShows() {
    // when
    browser.look(1280, "light");
    browser.open(page);

    // then
    for (String report : Chart.REPORTS) {
      String canvas = "document.getElementById('%s-chart')".formatted(report);
      String pixels =
          "%1$s.getContext('2d').getImageData(0, 0, %1$s.width, %1$s.height).data.filter((v, i) => i %% 4 === 3 && v > 0).length"
              .formatted(canvas);
      assertThat(browser.evaluate(pixels).asInt()).as(report).isGreaterThan(1000);
      assertThat(browser.evaluate(canvas + ".getAttribute('aria-label')").asText())
          .as(report)
          .hasSizeGreaterThan(20);
      assertThat(browser.evaluate(canvas + ".getAttribute('role')").asText()).isEqualTo("img");
    }
  }

  @Test
  void noTextFromOutsideBecomesAnElement() {
    // when
    browser.look(1280, "light");
    browser.open(page);

    // then
    assertThat(browser.evaluate("document.querySelectorAll('b, [onclick]').length").asInt())
        .isZero();
    assertThat(
            browser
                .evaluate("document.querySelector('#most_used_devices tbody th').textContent")
                .asText())
        .isEqualTo(DashboardLake.HOSTILE);
  }

  @Test
  void chartsFollowTheColoursThatTheSystemPrefers() {
    // given
    browser.look(1280, "light");
    browser.open(page);
    String before = lineColour();

    // when
    browser.look(1280, "dark");

    // then
    assertThat(lineColour()).isNotEqualTo(before);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theIndexNeedsNothingEither() throws IOException {
    // given
    Path index = Files.writeString(folder.resolve("index.html"), LAKE.index());

    // when
    browser.look(360, "light");
    browser.open(index.toUri());

    // then
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .filteredOn(url -> !url.equals("data:,"))
        .containsExactly(index.toUri().toString());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(360);
    assertThat(browser.evaluate("document.querySelectorAll('tbody a').length").asInt()).isOne();
  }

  @Test
  void aServedPageAsksForNothingElse() throws IOException {
    try (DashboardServer server = DashboardServer.start(LAKE.lake, 0)) {
      // given
      URI index = server.address(new DashboardPages(LAKE.lake).index());
      browser.look(1280, "light");
      browser.open(index);

      // when: the index leads to the page
      String page = browser.evaluate("document.querySelector('tbody a').href").asText();
      browser.open(URI.create(page));

      // then
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).filteredOn(url -> !url.equals("data:,")).containsExactly(page);
      assertThat(labels("total_leads")).hasSize(4);
    }
  }

  private static String lineColour() {
    return browser
        .evaluate("Chart.getChart('monthly_sales-chart').data.datasets[0].borderColor")
        .asText();
  }

  private static List<String> labels(String report) {
    List<String> labels = new ArrayList<>();
    browser
        .evaluate("Chart.getChart('%s-chart').data.labels".formatted(report))
        .forEach(label -> labels.add(label.asText()));
    return labels;
  }

  private static List<Double> values(String report, int series) {
    List<Double> values = new ArrayList<>();
    for (JsonNode value :
        browser.evaluate(
            "Chart.getChart('%s-chart').data.datasets[%d].data".formatted(report, series))) {
      values.add(value.asDouble());
    }
    return values;
  }

  private static List<String> column(String csv, String name) {
    return ReportRows.parse("a report", csv.getBytes(StandardCharsets.UTF_8)).column(name);
  }

  private static List<Double> oldestFirst(List<String> texts) {
    List<Double> values = new ArrayList<>(doubles(texts));
    Collections.reverse(values);
    return values;
  }

  private static List<Double> doubles(List<String> texts) {
    return texts.stream().map(Double::valueOf).toList();
  }
}
