package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.history.HistoryPublisher;
import dev.changelake.oracle.history.HistoryRates;
import dev.changelake.oracle.history.OutRecord;
import dev.changelake.oracle.history.RandomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What must not change anything: the same batch again, an empty one, and the log said again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RerunIT {
  private static final String FIRST = "2026-01-01";
  private static final String SECOND = "2026-01-02";
  private static final String PLANS = "data/_changelake/plans";

  /** A platform without accidents: what it says again is what it said before. */
  private static final HistoryRates ORDERLY = HistoryRates.calm().withStepsPerBatch(150);

  private final List<OutRecord> said = new ArrayList<>();
  private LakeUnderTest lake;
  private HistoryPublisher publisher;
  private Manifest first;

  @BeforeAll
  void compactsTheFirstBatch() {
    lake = new LakeUnderTest("RerunIT", TestStack.get().freshLake(Map.of()));
    TestStack.get().topics().create(2);
    publisher = new HistoryPublisher(TestStack.get().bootstrapServers());
    RandomHistory history = new RandomHistory(41, ORDERLY);
    while (said.size() < 300) {
      said.addAll(history.nextBatch());
    }
    publisher.publish(said);
    first = lake.finishAndCheck(FIRST).manifest();
  }

  @Test
  @Order(1)
  void a_finished_batch_is_not_done_again() {
    Map<String, Long> versions = lake.latestVersions(first);
    List<String> plans = lake.lake().files().list(PLANS);

    RunResult again = lake.compact(FIRST);

    assertThat(again.status()).isEqualTo(RunResult.Status.ALREADY_FINISHED);
    assertThat(again.manifest()).contains(first);
    assertThat(again.finished()).isEmpty();
    assertThat(lake.latestVersions(first)).isEqualTo(versions);
    assertThat(lake.lake().files().list(PLANS)).isEqualTo(plans);
  }

  @Test
  @Order(2)
  void a_batch_with_nothing_new_repeats_all_versions() {
    Map<String, Long> versions = lake.latestVersions(first);

    Manifest second = lake.finishAndCheck(SECOND).manifest();

    assertThat(second.tables()).isEqualTo(first.tables());
    assertThat(second.changes()).isEqualTo(first.changes());
    assertThat(second.absent()).isEqualTo(first.absent());
    assertThat(second.tableLedgers()).allSatisfy(ledger -> assertThat(ledger.landed()).isZero());
    assertThat(lake.latestVersions(first)).isEqualTo(versions);
  }

  @Test
  @Order(3)
  @Tag("thorough")
  void a_restarted_connector_changes_no_data_cell() {
    publisher.publish(said.subList(said.size() - 120, said.size()));

    Manifest replayed = lake.finishAndCheck("2026-01-03").manifest();

    assertThat(replayed.tableLedgers().stream().mapToLong(TableLedger::landed).sum())
        .isEqualTo(120);
    assertThat(replayed.tableLedgers().stream().mapToLong(TableLedger::replays).sum()).isPositive();
    assertThat(withoutConflicts(lake.data(replayed))).isEqualTo(withoutConflicts(lake.data(first)));
  }

  /** Random leads claim orders of others; the oracle has checked what became of these. */
  private static <V> Map<SourceTable, V> withoutConflicts(Map<SourceTable, V> data) {
    data.remove(SourceTable.ORDERS);
    return data;
  }

  @Test
  @Order(4)
  void a_business_date_never_goes_back() {
    List<String> plans = lake.lake().files().list(PLANS);

    assertThatThrownBy(() -> lake.compact(FIRST + ".late"))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            failure -> {
              assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE);
              assertThat(failure).hasMessageContaining("are in batch " + FIRST);
            });
    assertThat(lake.lake().files().list(PLANS)).isEqualTo(plans);
  }
}
