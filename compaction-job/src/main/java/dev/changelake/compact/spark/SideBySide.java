package dev.changelake.compact.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Runs independent work of one Spark application side by side: on small tables it waits for jobs
 * and the store more than it computes.
 */
public final class SideBySide {
  private static final int THREADS = 4;

  private final int threads;

  public SideBySide() {
    this.threads = THREADS;
  }

  /**
   * Does the work for each subject and waits for all of it.
   *
   * <p>If some of it fails, the rest is still waited for, so that no write outlives the run; then
   * the first failure is thrown.
   */
  public <T, R> Map<String, R> map(
      Collection<T> subjects, Function<T, String> name, Function<T, R> work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Map<String, Future<R>> futures = new LinkedHashMap<>();
      for (T subject : subjects) {
        futures.put(name.apply(subject), executor.submit(() -> work.apply(subject)));
      }
      Map<String, R> results = new LinkedHashMap<>();
      List<Throwable> failures = new ArrayList<>();
      for (Map.Entry<String, Future<R>> future : futures.entrySet()) {
        try {
          results.put(future.getKey(), future.getValue().get());
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while tables were worked on", e);
        }
      }
      throwFirst(failures);
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Does both and waits for both, as {@link #map} does. */
  public void both(Runnable one, Runnable other) {
    map(
        List.of(one, other),
        work -> work == one ? "one" : "other",
        work -> {
          work.run();
          return true;
        });
  }

  private static void throwFirst(List<Throwable> failures) {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
    if (first instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(first);
  }
}
