package dev.changelake.compact.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers, each a process of its own, compact the same lake at the same moment. */
@Tag("thorough")
final class RacedPlanIT {
  private static final long SEED = Long.getLong("changelake.crash.seed", System.nanoTime());

  @TempDir private static Path folder;
  private static TwinLakes lakes;
  private static List<ChildJvm> drivers;

  @BeforeAll
  static void startDrivers() throws IOException {
    System.out.println("changelake.crash.seed=" + SEED);
    lakes = new TwinLakes(TestStack.get(), SEED);
    String file = lakes.tried().configurationFile(folder, Map.of()).toString();
    drivers =
        Stream.of("left", "right")
            .map(name -> ChildJvm.start(HaltingJob.class, "1g", List.of(file)))
            .toList();
    drivers.forEach(driver -> driver.await("READY"));
  }

  @AfterAll
  static void stopDrivers() {
    drivers.forEach(ChildJvm::close);
  }

  @Test
  void forTheSameBatch() {
    // given
    BatchId batch = lakes.nextBatch();

    // when
    List<String> ends = race(batch, batch);

    // then
    System.out.println("the same batch: " + ends);
    assertThat(ends).allSatisfy(RacedPlanIT::requireGoodOrRetryable);
    lakes.tried().compact(batch);
    lakes.control().compact(batch);
    lakes.requireAlike(batch);
  }

  /**
   * Either is first; its batch takes all the events, and the other's none. The lake is new, so that
   * they race for every table's creation, too.
   */
  @Test
  void forTwoBatchesOfOneDay() {
    // given
    BatchId day = lakes.nextBatch();
    BatchId first = new BatchId(day + ".a");
    BatchId second = new BatchId(day + ".b");

    // when
    List<String> ends = race(first, second);

    // then
    System.out.println("two batches: " + ends);
    assertThat(ends).allSatisfy(RacedPlanIT::requireGoodOrRetryable);
    lakes.tried().compact(first);
    lakes.tried().compact(second);
    inTheOrderOfTheRace(first, second).forEach(lakes.control()::compact);
    lakes.requireAlike(first);
    lakes.requireAlike(second);
  }

  private static List<BatchId> inTheOrderOfTheRace(BatchId first, BatchId second) {
    return lakes.tried().opened().batches().all().stream()
        .map(entry -> entry.batch())
        .filter(List.of(first, second)::contains)
        .toList();
  }

  /** Both drivers stand ready and wait for these lines. */
  private static List<String> race(BatchId left, BatchId right) {
    drivers.get(0).tell(left + " " + HaltingJob.NEVER);
    drivers.get(1).tell(right + " " + HaltingJob.NEVER);
    return drivers.stream().map(driver -> driver.await("ENDED")).toList();
  }

  private static void requireGoodOrRetryable(String end) {
    assertThat(end)
        .containsAnyOf(
            "ENDED SUCCEEDED",
            "ENDED ALREADY_FINISHED",
            "ENDED FAILED table true",
            "ENDED FAILED blocked");
  }
}
