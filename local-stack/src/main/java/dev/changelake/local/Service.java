package dev.changelake.local;

import java.time.Duration;

/** One service of the stack, in the daemon. */
interface Service {
  ServiceDescription describe();

  void start() throws Exception;

  /** Returns when the service answers its own clients; throws when it does not within the limit. */
  void awaitReady(Duration limit) throws Exception;

  void stop() throws Exception;
}
