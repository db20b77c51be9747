package dev.changelake.compact.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A lake that something is done to, and its control, which reads the same topics undisturbed. */
final class TwinLakes {
  private static final TableContracts CONTRACTS = TableContracts.load(Optional.empty());

  private final Events events;
  private final TestLake tried;
  private final TestLake control;
  private LocalDate day = LocalDate.of(2020, 6, 1);

  TwinLakes(TestStack stack, long seed) {
    stack.freshLake(Map.of());
    events = new Events(stack, seed);
    tried = new TestLake(stack);
    control = new TestLake(stack);
  }

  TestLake tried() {
    return tried;
  }

  TestLake control() {
    return control;
  }

  Set<String> topics() {
    return CONTRACTS.all().stream().map(TableContract::table).collect(Collectors.toSet());
  }

  Set<String> targets() {
    return CONTRACTS.targets().stream().map(TableContract::table).collect(Collectors.toSet());
  }

  /** The next day's batch, its events published. */
  BatchId nextBatch() {
    events.publish();
    day = day.plusDays(1);
    return new BatchId(day.toString());
  }

  /** Compacts the batch in the control; then the lakes may differ in nothing but times and ids. */
  void requireAlike(BatchId batch, RunResult result, List<BatchId> finished) {
    assertThat(result.finished()).isEqualTo(finished);
    control.compact(batch);
    requireAlike(batch);
  }

  /** Requires that both lakes, which finished the batch, hold the same. */
  void requireAlike(BatchId batch) {
    Manifest manifest = tried.opened().batches().find(batch).orElseThrow();
    Manifest undisturbed = control.opened().batches().find(batch).orElseThrow();
    assertThat(manifest.plan()).isEqualTo(undisturbed.plan());
    assertThat(manifest.topicLedgers()).isEqualTo(undisturbed.topicLedgers());
    assertThat(manifest.tableLedgers()).isEqualTo(undisturbed.tableLedgers());
    assertThat(tried.tables(manifest)).isEqualTo(control.tables(undisturbed));
    List<String> changes = tried.changes();
    assertThat(changes).doesNotHaveDuplicates().isEqualTo(control.changes());
  }
}
