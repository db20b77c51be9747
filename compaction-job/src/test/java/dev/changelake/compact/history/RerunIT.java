package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.history.HistoryPublisher;
import dev.changelake.oracle.history.HistoryRates;
import dev.changelake.oracle.history.OutRecord;
import dev.changelake.oracle.history.RandomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log said again changes no data cell. */
@Tag("thorough")
class RerunIT {
  /** A platform without accidents: what it says again is what it said before. */
  private static final HistoryRates ORDERLY = HistoryRates.calm().withStepsPerBatch(150);

  private static final int SAID_AGAIN = 120;

  @Test
  void aRestartedConnectorChangesNoDataCell() {
    // given
    LakeUnderTest lake = new LakeUnderTest("RerunIT", TestStack.get().freshLake(Map.of()));
    TestStack.get().topics().create(2);
    HistoryPublisher publisher = new HistoryPublisher(TestStack.get().bootstrapServers());
    RandomHistory history = new RandomHistory(41, ORDERLY);
    List<OutRecord> said = new ArrayList<>();
    while (said.size() < 300) {
      said.addAll(history.nextBatch());
    }
    publisher.publish(said);
    Manifest first = lake.finishAndCheck("2026-01-01").manifest();

    // when
    publisher.publish(said.subList(said.size() - SAID_AGAIN, said.size()));
    Manifest replayed = lake.finishAndCheck("2026-01-02").manifest();

    // then
    assertThat(replayed.tableLedgers().stream().mapToLong(TableLedger::landed).sum())
        .isEqualTo(SAID_AGAIN);
    assertThat(replayed.tableLedgers().stream().mapToLong(TableLedger::replays).sum()).isPositive();
    assertThat(withoutConflicts(lake.data(replayed))).isEqualTo(withoutConflicts(lake.data(first)));
  }

  /** Random leads claim orders of others; the oracle has checked what became of these. */
  private static <V> Map<SourceTable, V> withoutConflicts(Map<SourceTable, V> data) {
    data.remove(SourceTable.ORDERS);
    return data;
  }
}
