package dev.changelake.compact.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.error.ChangelakeException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The control of {@link KilledRunIT}: the same rerun over commits that carry no transaction.
 *
 * <p>The batch is as a driver leaves it that dies before the manifest. With transactions the rerun
 * ends alike; one commit without, and it cannot know what was done: it does it again, or stops.
 */
@Tag("thorough")
final class WithoutTransactionsIT {
  private static final long SEED = 20_200_601;

  private TwinLakes lakes;
  private BatchId batch;

  @BeforeEach
  void leaveABatchBehind() {
    lakes = new TwinLakes(TestStack.get(), SEED);
    batch = lakes.nextBatch();
    lakes.tried().compact(batch);
    lakes.tried().forgetManifest(batch);
  }

  @Test
  void onlyTransactionsMakeTheRerunEndAlike() {
    // given
    CommitFile merge = lakes.tried().newestCommit(lakes.tried().opened().layout().table("orders"));
    CommitFile landing =
        lakes.tried().newestCommit(lakes.tried().opened().layout().changes("orders"));
    String original = merge.text();

    // when, then: a merge without is the work of somebody else
    merge.removeTransaction();
    assertThatThrownBy(this::requireRerunAlike)
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("/orders was changed by somebody else: version 1 is a MERGE");

    // when, then: with it, nothing is done again
    merge.write(original);
    requireRerunAlike();
    lakes.tried().forgetManifest(batch);

    // when, then: a landing without is done again, which the ledger notices
    landing.removeTransaction();
    assertThatThrownBy(this::requireRerunAlike)
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("orders does not hold exactly what the plan froze");
    List<String> changes = lakes.tried().changes();
    assertThat(changes.size()).isGreaterThan(new HashSet<>(changes).size());
  }

  private void requireRerunAlike() {
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }
}
