package dev.changelake.compact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.error.ChangelakeException;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DashboardRunTest {
  private final DashboardLake lake = new DashboardLake();
  private final DashboardRun run = new DashboardRun(lake.lake);

  @Test
  void writesThePageAndTheIndexThatLeadsToIt() {
    // given
    Manifest manifest = lake.batch(2, "2020-06-22");
    lake.reports(manifest);

    // when
    List<Output> outputs = run.run(manifest);

    // then
    assertThat(outputs)
        .extracting(Output::kind, Output::name, Output::outcome, Output::place)
        .containsExactly(
            row("page", Outcome.WRITTEN, "data/final/dashboard/2020-06-22"),
            row("index", Outcome.WRITTEN, "data/final/dashboard/index.html"));
    assertThat(lake.page()).contains("<h1>Batch 2020-06-22</h1>");
    String path = new DashboardPages(lake.lake).of(manifest);
    assertThat(lake.index())
        .contains("<a href=\"" + path.substring("data/final/dashboard/".length()) + "\">");
  }

  @Test
  void doesNothingTwice() {
    // given
    Manifest manifest = lake.batch(2, "2020-06-22");
    lake.reports(manifest);
    run.run(manifest);
    String page = lake.page();

    // when
    List<Output> outputs = run.run(manifest);

    // then
    assertThat(outputs).extracting(Output::outcome).containsOnly(Outcome.UNCHANGED);
    assertThat(lake.page()).isEqualTo(page);
  }

  @Test
  void aLaterBatchOfTheDateTakesThePage() {
    // given
    Manifest first = lake.batch(2, "2020-06-22");
    lake.reports(first);
    run.run(first);
    Manifest second = lake.batch(3, "2020-06-22.b");
    lake.reports(second);

    // when
    List<Output> outputs = run.run(second);

    // then
    assertThat(outputs).extracting(Output::outcome).containsOnly(Outcome.WRITTEN);
    assertThat(lake.page()).contains("<h1>Batch 2020-06-22.b</h1>");
    assertThat(lake.index()).contains("no page: that of 2020-06-22.b has the date");
    assertThatThrownBy(() -> new DashboardPages(lake.lake).of(first))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("for 2020-06-22 that is 2020-06-22.b");
  }

  @Test
  void anOlderBatchNeverShowsALaterOnesNumbers() {
    // given: the later batch has its reports, and no page yet
    Manifest first = lake.batch(2, "2020-06-22");
    Manifest second = lake.batch(3, "2020-06-22.b");
    lake.reports(second);

    // when
    List<Output> outputs = run.run(first);

    // then
    assertThat(outputs).extracting(Output::outcome).startsWith(Outcome.SUPERSEDED);
    assertThat(lake.files.list("data/final/dashboard/2020-06-22")).isEmpty();
    assertThat(lake.index()).contains("no page yet");
  }

  @Test
  void aReportOfAnEarlierBatchIsNotThisBatchs() {
    // given: the second batch's sales could not be made
    lake.reports(lake.batch(2, "2020-06-22"));
    Manifest second = lake.batch(3, "2020-06-22.b");
    lake.report(second, "total_leads", DashboardLake.LEADS);

    // when
    run.run(second);

    // then
    assertThat(lake.page())
        .contains("Batch 2020-06-22.b has no report monthly_sales")
        .contains("total_leads-chart");
  }

  @Test
  void aDamagedReportIsRefused() {
    // given
    Manifest manifest = lake.batch(2, "2020-06-22");
    lake.reports(manifest);
    String folder = "data/final/report=total_leads/2020-06-22";
    lake.files.list(folder).stream()
        .filter(name -> name.endsWith(".csv"))
        .forEach(name -> lake.files.tamper(folder + "/" + name, new byte[] {1}));

    // when, then
    assertThatThrownBy(() -> run.run(manifest))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("is not the one that was published");
  }

  @Test
  void anIndexThatSomebodyElseMadeMeanwhileIsMadeAgain() {
    // given: while the first driver looks for pages, another one makes its page and the index
    Manifest first = lake.batch(2, "2020-06-22");
    lake.reports(first);
    run.run(first);
    Manifest second = lake.batch(3, "2020-06-22.b");
    lake.reports(second);
    RacedFiles raced = new RacedFiles(lake.files, () -> run.run(second));

    // when
    Outcome outcome = new DashboardIndex(raced.lake(lake.lake)).rebuild();

    // then
    assertThat(outcome).isEqualTo(Outcome.UNCHANGED);
    assertThat(lake.index()).contains("no page: that of 2020-06-22.b has the date");
  }

  @Test
  void aLakeWithoutPagesSaysSo() {
    // given
    Manifest manifest = lake.batch(2, "2020-06-22");
    DashboardPages pages = new DashboardPages(lake.lake);

    // when, then
    assertThatThrownBy(pages::index).hasMessageContaining("The lake has no dashboard yet.");
    assertThatThrownBy(() -> pages.of(new BatchId("2020-06-23")))
        .hasMessageContaining("There is no finished batch 2020-06-23.");
    assertThatThrownBy(() -> pages.of(manifest))
        .hasMessageContaining("`bin/changelake report --batch 2020-06-22` makes both");
  }

  private static Tuple row(String name, Outcome outcome, String place) {
    return tuple(Output.Kind.DASHBOARD, name, outcome, place);
  }
}
