package dev.changelake.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one daemon, started and stopped side by side. */
final class ServiceGroup {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration STARTED_LIMIT = Duration.ofSeconds(20);
  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceGroup.class);

  private final List<Start> starts = new ArrayList<>();
  private boolean ended;

  /**
   * Returns when all services are ready, or throws what the first one threw that is not.
   *
   * @throws Exception whatever a service's start throws
   */
  void start(List<Service> services, ProgressLog progress) throws Exception {
    ExecutorService threads = threads("start", services.size());
    CompletionService<Void> ready = new ExecutorCompletionService<>(threads);
    try {
      int count;
      synchronized (this) {
        for (Service service : ended ? List.<Service>of() : services) {
          ServiceDescription description = service.describe();
          progress.say(
              "starting %s on port %d".formatted(description.kind().label(), description.port()));
          starts.add(new Start(service, ready.submit(startOf(service, progress))));
        }
        count = starts.size();
      }
      for (int i = 0; i < count; i++) {
        ready.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  /** Stops what was started; a start that is still under way comes to its end first. */
  synchronized void stop() {
    ended = true;
    if (starts.isEmpty()) {
      return;
    }
    ExecutorService threads = threads("stop", starts.size());
    starts.forEach(start -> threads.execute(start::end));
    starts.clear();
    threads.shutdown();
    try {
      threads.awaitTermination(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Callable<Void> startOf(Service service, ProgressLog progress) {
    return () -> {
      service.start();
      service.awaitReady(READY_LIMIT);
      progress.say(service.describe().kind().label() + " is ready");
      return null;
    };
  }

  private static ExecutorService threads(String name, int count) {
    return Executors.newFixedThreadPool(
        count,
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private record Start(Service service, Future<Void> future) {
    void end() {
      try {
        future.get(STARTED_LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOGGER.atInfo().addKeyValue("service", service.describe().kind()).log("was not ready");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      try {
        service.stop();
      } catch (Exception e) {
        LOGGER
            .atError()
            .setCause(e)
            .addKeyValue("service", service.describe().kind())
            .log("service did not stop");
      }
    }
  }
}
