package dev.changelake.capture.engine;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ConnectorCallback;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Debezium's engine, from its start to its end. */
public final class EngineRun {
  private static final long LOOK_MILLIS = 100;
  private static final Duration CLOSING = Duration.ofSeconds(45);

  private final BatchPublisher publisher;
  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;
  private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
  private final CountDownLatch polling = new CountDownLatch(1);

  /** An engine that is not started yet. */
  public EngineRun(Properties properties, BatchPublisher publisher) {
    this.publisher = publisher;
    try {
      this.engine = build(properties);
    } catch (RuntimeException e) {
      throw EngineErrors.refusedSettings(e);
    }
  }

  private DebeziumEngine<ChangeEvent<byte[], byte[]>> build(Properties properties) {
    return DebeziumEngine.create(
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
                        : Optional.of(error == null ? new IllegalStateException(message) : error)))
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
    daemon(engine, "debezium engine");
    boolean closed = false;
    try {
      while (!ended.isDone()
          && publisher.failure().isEmpty()
          && !isZero(stop)
          && !goal.filter(EngineRun::isZero).isPresent()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        each.run();
      }
    } finally {
      closed = !ended.isDone();
      if (closed) {
        daemon(this::close, "close the engine");
      }
    }
    Optional<Throwable> failure = awaitEnd();
    if (publisher.failure().isPresent()) {
      throw publisher.failure().get();
    }
    if (failure.isPresent() && !(closed && isOfClosing(failure.get()))) {
      throw EngineErrors.of(failure.get());
    }
  }

  /** In a thread of its own: with Kafka away the engine may never come to its end. */
  private void close() {
    try {
      while (!ended.isDone() && !polling.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // An engine that is still starting cannot be closed.
      }
      if (!ended.isDone()) {
        engine.close();
      }
    } catch (IllegalStateException e) {
      // It was ending by itself.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Throwable> awaitEnd() throws InterruptedException {
    try {
      return ended.get(CLOSING.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return Optional.of(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Is completed normally alone", e);
    }
  }

  /** The engine's own threads may ask for work from each other while they are ended. */
  private static boolean isOfClosing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RejectedExecutionException) {
        return true;
      }
    }
    return false;
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean isZero(CountDownLatch latch) {
    return latch.getCount() == 0;
  }
}
