package dev.changelake.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits until brokers and leaders know of topics that were just created.
 *
 * <p>A topic is created before every broker knows of it, and the admin client takes "unknown" for
 * an answer. If a leader refuses an idempotent producer's first batch and then takes its second,
 * the first is out of order for good; so nothing is sent before each leader has answered once.
 */
record LeaderWait(Duration patience, Duration pause) {
  static final LeaderWait DEFAULT = new LeaderWait(Duration.ofMinutes(1), Duration.ofMillis(50));

  /** A question to all leaders, which fails while one of them is not known yet. */
  interface Question {
    void ask() throws ExecutionException, InterruptedException;
  }

  /**
   * Asks until there is an answer.
   *
   * @throws ExecutionException the last refusal, if patience has run out, or any other failure
   */
  void until(Question question) throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        question.ask();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - start >= patience.toNanos()) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
      }
    }
  }
}
