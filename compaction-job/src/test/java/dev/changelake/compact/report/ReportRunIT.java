package dev.changelake.compact.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.lake.BatchRun.Outcome;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.source.CompaniesTopic;
import dev.changelake.compact.source.JobUnderTest;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a lake that knows companies alone, one of which is broken. */
class ReportRunIT {
  private final TestStack stack = TestStack.get();
  @TempDir private Path folder;
  private JobUnderTest job;
  private CompaniesTopic topic;

  @BeforeEach
  void lake() throws IOException {
    job = new JobUnderTest(stack, stack.freshLake(Map.of()));
    topic = CompaniesTopic.create(stack);
    write(
        "broken",
        """
        -- Divides by zero.
        -- column a int
        -- key a
        SELECT 1 / 0 AS a ORDER BY a
        """);
    write(
        "names",
        """
        -- The name of each company; in capitals, as SQL takes them.
        -- column company_id bigint
        -- column company_name string
        -- key company_id
        SELECT company_id, company_name FROM COMPANIES ORDER BY company_id
        """);
    write(
        "landed",
        """
        -- How many records of companies were landed.
        -- column records bigint
        -- key records
        SELECT count(*) AS records FROM changes_companies ORDER BY records
        """);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void whatABrokenOneKeepsAndWhatTheBatchDoesNotHaveYet() {
    // given
    topic.insert(1);
    Manifest manifest = job.compact("2020-06-22").manifest().orElseThrow();

    // when
    Outcome outcome = report(manifest);

    // then
    assertThat(outcome.outputs())
        .extracting(Output::name)
        .contains("landed", "names")
        .doesNotContain("broken");
    assertThat(csv(manifest, "names")).isEqualTo("company_id,company_name\n1,\"Company 1\"\n");
    assertThat(csv(manifest, "landed")).isEqualTo("records\n1\n");
    assertThat(outcome.failure().orElseThrow().category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(outcome.failure().orElseThrow().problem()).contains("broken");
    assertThat(outcome.doneBefore()).isFalse();
  }

  @Test
  @Tag("thorough")
  void aLaterBatchOfTheSameDateMakesWhatFollowsFromTheLogAnew() {
    // given
    topic.insert(1);
    Manifest first = job.compact("2020-06-22").manifest().orElseThrow();
    report(first);
    // A record that changes no row: the table keeps its version, its log does not.
    topic.raw(topic.key(7), "no value");
    Manifest second =
        job.compact("2020-06-22.b", JobUnderTest.quarantineShare("1")).manifest().orElseThrow();

    // when
    Outcome outcome = report(second);

    // then
    assertThat(second.tables()).isEqualTo(first.tables());
    assertThat(outcome.outputs())
        .filteredOn(output -> output.name().equals("landed"))
        .extracting(Output::outcome)
        .containsExactly(Output.Outcome.WRITTEN);
    assertThat(csv(second, "landed")).isEqualTo("records\n2\n");
    assertThat(outcome.outputs())
        .filteredOn(output -> output.name().equals("names"))
        .extracting(Output::outcome)
        .containsExactly(Output.Outcome.UNCHANGED);
  }

  private Outcome report(Manifest manifest) {
    TableContracts contracts = TableContracts.load(Optional.empty());
    return new ReportRun(
            stack.spark().newSession(),
            job.lake(),
            contracts,
            Reports.load(Optional.of(folder), contracts))
        .run(manifest, output -> {});
  }

  private String csv(Manifest manifest, String report) {
    Lake lake = job.lake();
    String path = lake.layout().reportFolder(report, manifest.businessDate());
    String name =
        lake.files().list(path).stream()
            .filter(file -> file.endsWith(".csv"))
            .findFirst()
            .orElseThrow();
    return new String(lake.files().read(path + "/" + name).orElseThrow(), StandardCharsets.UTF_8);
  }

  private void write(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name + ".sql"), sql);
  }
}
