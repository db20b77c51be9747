package dev.changelake.compact.crash;

import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.Progress;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A driver of its own: says READY, then compacts the batch of each line {@code <batch>
 * <step|NEVER>} that it is told, halting at the step.
 */
public final class HaltingJob {
  /** Runs to the end. */
  public static final String NEVER = "NEVER";

  private HaltingJob() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Configuration configuration = ConfigurationFile.read(Path.of(arguments[0]));
    SparkSession spark = SparkSessions.start("halting job", configuration);
    Lake lake = Lake.open(configuration, spark, Clock.systemUTC());
    out.println("READY");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      Progress progress = new HaltingProgress(out, step(words[1]));
      out.println(compact(configuration, spark, lake, progress, new BatchId(words[0])));
    }
    spark.stop();
  }

  private static String compact(
      Configuration configuration,
      SparkSession spark,
      Lake lake,
      Progress progress,
      BatchId batch) {
    RunResult result =
        Compaction.run(configuration, spark, lake, progress, Clock.systemUTC())
            .compact(batch, Optional.empty(), Optional.empty());
    return result
        .failure()
        .map(
            failure ->
                "ENDED FAILED %s %s %s"
                    .formatted(failure.category(), failure.retryable(), failure.message())
                    .replace('\n', ' '))
        .orElseGet(() -> "ENDED " + result.status() + " " + result.finished());
  }

  private static Optional<Progress.Step> step(String word) {
    return word.equals(NEVER) ? Optional.empty() : Optional.of(Progress.Step.valueOf(word));
  }
}
