package dev.changelake.local;

import java.util.Objects;

/** Where a service answers, and the name of its log file. */
record ServiceDescription(ServiceKind kind, int port, String log) {
  ServiceDescription {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(log, "log");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("Port must be 1 to 65535, was " + port);
    }
  }

  String endpoint() {
    return kind.scheme() + "127.0.0.1:" + port;
  }

  /** Whether the service answers at its port, as seen from any process. */
  boolean answers() {
    return kind.probe().answers(port);
  }
}
