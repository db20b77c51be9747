package dev.changelake.compact.crash;

import dev.changelake.compact.store.FaultProxy;
import dev.changelake.compact.store.FaultProxy.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A point within a stage, seen from the store: a driver's commit on its way. */
final class Checkpoint implements AutoCloseable {
  private static final String CREATION = "/%020d.json".formatted(0);

  private final FaultProxy proxy;
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  private Checkpoint(FaultProxy proxy) {
    this.proxy = proxy;
  }

  /** Holds the next commit of the table back from the store. */
  static Checkpoint beforeCommitOf(FaultProxy proxy, String table) {
    Checkpoint checkpoint = new Checkpoint(proxy);
    checkpoint.hold(
        table,
        (request, store) -> {
          checkpoint.stop();
          return Optional.empty();
        });
    return checkpoint;
  }

  /** Passes the next commit of the table to the store and holds the answer back. */
  static Checkpoint afterCommitOf(FaultProxy proxy, String table) {
    Checkpoint checkpoint = new Checkpoint(proxy);
    checkpoint.hold(
        table,
        (request, store) -> {
          Answer answer = store.forward(request);
          checkpoint.stop();
          return Optional.of(answer);
        });
    return checkpoint;
  }

  private void hold(String table, FaultProxy.Fault fault) {
    proxy.inject(
        request ->
            request.isConditionalPut()
                && request.path().contains("/data/delta/" + table + "/_delta_log/")
                && !request.path().endsWith(CREATION),
        1,
        fault);
  }

  /** Waits until the commit stands at this point. */
  void await() {
    try {
      arrived.get(2, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("No commit came", e);
    }
  }

  private void stop() {
    arrived.complete(null);
    released.join();
  }

  /** Lets go of the connection. */
  @Override
  public void close() {
    proxy.heal();
    released.complete(null);
  }
}
