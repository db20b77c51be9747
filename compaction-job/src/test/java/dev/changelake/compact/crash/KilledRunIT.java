package dev.changelake.compact.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Progress.Step;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A driver is killed, its batch is run again, and the lake is as one whose driver lived.
 *
 * <p>Two lakes read the same topics, batch by batch: in one each batch's first driver, a process of
 * its own, is killed; the other is the control. The topics hold everything that can be wrong with
 * records, too, since a rerun has to decide as the first run did.
 */
final class KilledRunIT {
  private static final long SEED = Long.getLong("changelake.crash.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("changelake.crash.rounds", 1);

  /** About so long takes a small batch in a new JVM from its plan to its manifest. */
  private static final int WINDOW_MS = Integer.getInteger("changelake.crash.window-ms", 12_000);

  @TempDir private static Path folder;
  private static FaultProxy proxy;
  private static TwinLakes lakes;
  private static ChildJvm driver;

  @BeforeAll
  static void prepare() throws IOException {
    System.out.println("changelake.crash.seed=" + SEED);
    TestStack stack = TestStack.get();
    proxy = FaultProxy.start(stack.s3Endpoint());
    lakes = new TwinLakes(stack, SEED);
    driver = startDriver();
  }

  /** A test that failed may have left a driver behind that halts. */
  @BeforeEach
  void requireFreshDriver() throws IOException {
    if (!driver.isFresh()) {
      killDriver();
    }
  }

  @AfterAll
  static void cleanUp() {
    driver.close();
    proxy.close();
  }

  /** Each driver goes on where the one before it was killed; a run in this JVM ends it. */
  @Test
  void atEachStepInTurn() throws IOException {
    // given
    BatchId batch = lakes.nextBatch();

    // when, then
    assertThat(killedAt(Step.PLANNED, batch))
        .isEqualTo(new Stages(batch, Set.of(), Set.of(), false));
    Stages landing = killedAt(Step.LANDED, batch);
    assertThat(landing.landed()).isNotEmpty().isNotEqualTo(lakes.topics());
    assertThat(landing).isEqualTo(new Stages(batch, landing.landed(), Set.of(), false));
    Stages merging = killedAt(Step.MERGED, batch);
    assertThat(merging.merged()).isNotEmpty().isNotEqualTo(lakes.targets());
    assertThat(merging).isEqualTo(new Stages(batch, lakes.topics(), merging.merged(), false));
    Stages merged = killedAt(Step.BEFORE_MANIFEST, batch);
    assertThat(merged.merged()).containsAll(merging.merged());
    assertThat(merged).isEqualTo(new Stages(batch, lakes.topics(), merged.merged(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  private static Stages killedAt(Step step, BatchId batch) throws IOException {
    driver.tell(batch + " " + step);
    driver.await("REACHED " + step);
    killDriver();
    return lakes.tried().stages();
  }

  @Test
  @Tag("thorough")
  void withOnlyItsPlanFrozen() throws IOException {
    // given
    BatchId batch = lakes.nextBatch();
    driver.tell(batch + " " + Step.PLANNED);
    driver.await("REACHED PLANNED");

    // when
    killDriver();

    // then
    assertThat(lakes.tried().stages()).isEqualTo(new Stages(batch, Set.of(), Set.of(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  @Test
  @Tag("thorough")
  void withSomeTopicsLanded() throws IOException {
    // given: each thread that landed a topic stops there, so that some topics never begin
    BatchId batch = lakes.nextBatch();
    driver.tell(batch + " " + Step.LANDED);
    driver.await("REACHED LANDED");

    // when
    killDriver();

    // then
    Stages stages = lakes.tried().stages();
    assertThat(stages.landed()).isNotEmpty().isNotEqualTo(lakes.topics());
    assertThat(stages).isEqualTo(new Stages(batch, stages.landed(), Set.of(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  @Test
  @Tag("thorough")
  void withALandingWrittenAndNotCommitted() throws IOException {
    // given
    BatchId batch = lakes.nextBatch();
    try (Checkpoint commit = Checkpoint.beforeCommitOf(proxy, "changes/orders")) {
      driver.tell(batch + " " + HaltingJob.NEVER);
      commit.await();

      // when
      killDriver();
    }

    // then
    Stages stages = lakes.tried().stages();
    assertThat(stages.landed()).doesNotContain("orders");
    assertThat(stages).isEqualTo(new Stages(batch, stages.landed(), Set.of(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  @Test
  @Tag("thorough")
  void withAMergeCommittedThatItNeverHeardOf() throws IOException {
    // given
    BatchId batch = lakes.nextBatch();
    try (Checkpoint commit = Checkpoint.afterCommitOf(proxy, "orders")) {
      driver.tell(batch + " " + HaltingJob.NEVER);
      commit.await();

      // when
      killDriver();
    }

    // then
    Stages stages = lakes.tried().stages();
    assertThat(stages.merged()).contains("orders");
    assertThat(stages).isEqualTo(new Stages(batch, lakes.topics(), stages.merged(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  @Test
  @Tag("thorough")
  void withSomeTablesMerged() throws IOException {
    // given
    BatchId batch = lakes.nextBatch();
    driver.tell(batch + " " + Step.MERGED);
    driver.await("REACHED MERGED");

    // when
    killDriver();

    // then
    Stages stages = lakes.tried().stages();
    assertThat(stages.merged()).isNotEmpty().isNotEqualTo(lakes.targets());
    assertThat(stages).isEqualTo(new Stages(batch, lakes.topics(), stages.merged(), false));
    lakes.requireAlike(batch, lakes.tried().compact(batch), List.of(batch));
  }

  /** Here the batch left behind is finished by the run of another one. */
  @Test
  @Tag("thorough")
  void withAllButTheManifest() throws IOException {
    // given
    BatchId leftBehind = lakes.nextBatch();
    driver.tell(leftBehind + " " + Step.BEFORE_MANIFEST);
    driver.await("REACHED BEFORE_MANIFEST");

    // when
    killDriver();

    // then
    Stages stages = lakes.tried().stages();
    assertThat(stages).isEqualTo(new Stages(leftBehind, lakes.topics(), stages.merged(), false));
    lakes.control().compact(leftBehind);
    BatchId next = lakes.nextBatch();
    lakes.requireAlike(next, lakes.tried().compact(next), List.of(leftBehind, next));
    lakes.requireAlike(leftBehind);
  }

  @ParameterizedTest
  @Tag("thorough")
  @MethodSource("randomMoments")
  void afterRandomTime(int milliseconds) throws IOException {
    // given
    BatchId batch = lakes.nextBatch();
    driver.tell(batch + " " + HaltingJob.NEVER);
    driver.await("STEP PLANNED");

    // when
    CompletableFuture.runAsync(
            driver::kill, CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS))
        .join();
    driver = startDriver();

    // then
    Stages stages = lakes.tried().stages();
    System.out.println("killed after " + milliseconds + " ms: " + stages);
    RunResult rerun = lakes.tried().compact(batch);
    lakes.requireAlike(batch, rerun, stages.manifest() ? List.of() : List.of(batch));
  }

  static List<Integer> randomMoments() {
    Random random = new Random(SEED);
    return IntStream.range(0, ROUNDS).mapToObj(round -> random.nextInt(WINDOW_MS)).toList();
  }

  /** Kills the driver; the next one starts while the lake is looked at. */
  private static void killDriver() throws IOException {
    driver.kill();
    driver = startDriver();
  }

  private static ChildJvm startDriver() throws IOException {
    Path file =
        lakes.tried().configurationFile(folder, Map.of("fs.s3a.endpoint", proxy.endpoint()));
    return ChildJvm.start(HaltingJob.class, "1g", List.of(file.toString()));
  }
}
