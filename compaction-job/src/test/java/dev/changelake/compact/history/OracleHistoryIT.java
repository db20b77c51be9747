package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.stack.TestStack;
import dev.changelake.oracle.history.HistoryPublisher;
import dev.changelake.oracle.history.HistoryRates;
import dev.changelake.oracle.history.OutRecord;
import dev.changelake.oracle.history.RandomHistory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories, compacted batch after batch: after each batch every table equals the oracle,
 * cell by cell, and so do all ledgers.
 *
 * <p>{@code -Dhistory.seed=…} repeats one history, {@code -Dhistory.count=…} adds new ones, {@code
 * -Dhistory.batches=…} makes them longer. {@link PublishIT} has a new one on each run.
 */
@Tag("thorough")
class OracleHistoryIT {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final int BATCHES = Integer.getInteger("history.batches", 3);

  /** Chosen since orders conflict, move and are overtaken in it. */
  private static final long[] FIXED = {14};

  private static final int RECORDS = 200;

  /** A fixed list, so that a failure stays until it is repaired, and new ones where time allows. */
  static LongStream seeds() {
    Long only = Long.getLong("history.seed");
    if (only != null) {
      return LongStream.of(only);
    }
    int count = Integer.getInteger("history.count", FIXED.length);
    return LongStream.concat(LongStream.of(FIXED), new Random().longs(count, 1, 1_000_000))
        .limit(count);
  }

  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_batch_equals_the_oracle(long seed) {
    String name = "-Dhistory.seed=" + seed;
    LakeUnderTest lake =
        new LakeUnderTest(
            name,
            TestStack.get()
                .freshLake(
                    Map.of(
                        "lake.quarantine-max-share",
                        "1",
                        "geo.database",
                        SmallCountryDatabase.in(folder).toString())));
    String kafka = TestStack.get().bootstrapServers();
    // Odd seeds have three partitions, even ones two.
    TestStack.get().topics().create(seed % 2 == 0 ? 2 : 3);
    RandomHistory history =
        new RandomHistory(seed, HistoryRates.wild().withStepsPerBatch(200).withKeys(10));
    List<LakeUnderTest.Checked> finished = new ArrayList<>();
    HistoryPublisher publisher = new HistoryPublisher(kafka);
    for (int i = 0; i < BATCHES; i++) {
      // Whatever the seed, the second batch is empty.
      List<OutRecord> records = new ArrayList<>();
      while (i != 1 && records.size() < RECORDS) {
        records.addAll(history.nextBatch());
      }
      publisher.publish(records);

      LakeUnderTest.Checked checked =
          lake.finishAndCheck(FIRST_DAY.plusDays(finished.size()).toString());

      assertThat(LakeUnderTest.records(checked.manifest()))
          .as(lake.about(checked.manifest().batch().text(), "records"))
          .isEqualTo(records.size());
      finished.add(checked);
    }
    // What later batches did must not be seen as of the earlier ones.
    finished.forEach(lake::requireSameRows);
  }
}
