package dev.changelake.compact.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.crash.ChildJvm;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Two drivers attempt the same Delta version at the same moment, many times. */
final class RacedCommitIT {
  private static final int ROUNDS = Integer.getInteger("changelake.race.rounds", 150);

  @TempDir private static Path folder;
  private static S3Client s3;
  private static String bucket;
  private static ChildJvm left;
  private static ChildJvm right;

  @BeforeAll
  static void startRacers() throws IOException {
    TestStack stack = TestStack.get();
    Map<String, String> lake = stack.freshBucket(Map.of());
    bucket = lake.get("lake.bucket");
    s3 = stack.s3();
    Path file = folder.resolve("lake.json");
    Files.write(file, SealedJson.mapper().writeValueAsBytes(stack.entries(lake)));
    left = ChildJvm.start(CommitRacer.class, "256m", List.of(file.toString(), "left"));
    right = ChildJvm.start(CommitRacer.class, "256m", List.of(file.toString(), "right"));
    left.await("READY");
    right.await("READY");
  }

  @AfterAll
  static void stopRacers() {
    left.close();
    right.close();
    s3.close();
  }

  @Test
  void exactlyOneOfTwoDriversGetsAVersion() {
    int leftWins = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // given
      String key = "ours/_delta_log/%020d.json".formatted(round);

      // when
      Outcome outcome = race(CommitRacer.OURS, key);

      // then
      assertThat(outcome.wins()).as("drivers that believe to have version %d", round).isOne();
      String winner = outcome.left() ? "left" : "right";
      assertThat(stored(key)).isEqualTo(CommitRacer.content(winner, path(key)) + "\n");
      leftWins += outcome.left() ? 1 : 0;
    }
    System.out.printf("%d rounds, %d won by the left driver%n", ROUNDS, leftWins);
  }

  /** The control: this race is close enough to show a store that loses commits. */
  @Test
  void deltasOwnStoreLosesCommitsInTheSameRace() {
    // when
    int lost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Outcome outcome = race(CommitRacer.STOCK, "stock/_delta_log/%020d.json".formatted(round));
      lost += outcome.wins() == 2 ? 1 : 0;
    }

    // then
    System.out.printf("S3SingleDriverLogStore lost %d of %d commits%n", lost, ROUNDS);
    assertThat(lost).isPositive();
  }

  private record Outcome(boolean left, boolean right) {
    int wins() {
      return (left ? 1 : 0) + (right ? 1 : 0);
    }
  }

  /** Both drivers stand ready and wait for this line. */
  private static Outcome race(String store, String key) {
    String line = store + " " + path(key);
    left.tell(line);
    right.tell(line);
    return new Outcome(won(left), won(right));
  }

  private static boolean won(ChildJvm racer) {
    String said = racer.await("");
    assertThat(said).isIn("WON", "LOST");
    return said.equals("WON");
  }

  private static String stored(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
  }

  private static String path(String key) {
    return "s3a://" + bucket + "/" + key;
  }
}
