package dev.changelake.capture.engine;

import dev.changelake.error.ChangelakeException;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ConnectorCallback;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Debezium's engine, from its start to its end. */
public final class EngineRun {
  private static final long LOOK_MILLIS = 100;

  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;
  private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
  private final CountDownLatch polling = new CountDownLatch(1);

  /** An engine that is not started yet. */
  public EngineRun(Properties properties, BatchPublisher publisher) {
    this.engine =
        DebeziumEngine.create(
                KeyValueHeaderChangeEventFormat.of(
                    JsonByteArray.class, JsonByteArray.class, JsonByteArray.class))
            .using(properties)
            .using(
                new ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    polling.countDown();
                  }
                })
            .using(
                (success, message, error) ->
                    ended.complete(
                        success
                            ? Optional.empty()
                            : Optional.of(
                                error == null ? new IllegalStateException(message) : error)))
            .notifying(publisher)
            .build();
  }

  /**
   * Runs the engine until it fails or one of these is reached.
   *
   * @param each is run again and again meanwhile
   */
  public void run(CountDownLatch stop, Optional<CountDownLatch> goal, Runnable each)
      throws InterruptedException {
    Thread thread = new Thread(engine, "debezium engine");
    thread.setDaemon(true);
    thread.start();
    while (!ended.isDone() && !isZero(stop) && !goal.filter(EngineRun::isZero).isPresent()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      each.run();
    }
    if (!ended.isDone()) {
      close();
    }
    failure().ifPresent(EngineRun::rethrow);
  }

  /** An engine that is still starting cannot be closed. */
  private void close() throws InterruptedException {
    while (!ended.isDone() && !polling.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      // It either starts to poll or ends.
    }
    if (!ended.isDone()) {
      try {
        engine.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Optional<Throwable> failure() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Is completed normally alone", e);
    }
  }

  private static void rethrow(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChangelakeException known) {
        throw known;
      }
    }
    throw EngineErrors.of(failure);
  }

  private static boolean isZero(CountDownLatch latch) {
    return latch.getCount() == 0;
  }
}
