package dev.changelake.local;

/** The services that a stack consists of, and how to tell from outside that one is alive. */
enum ServiceKind {
  KAFKA("Kafka", "", Probe::kafka),
  S3("S3", "http://", Probe::s3),
  POSTGRES("PostgreSQL", "postgresql://", Probe::postgres);

  private final String label;
  private final String scheme;
  private final Check probe;

  ServiceKind(String label, String scheme, Check probe) {
    this.label = label;
    this.scheme = scheme;
    this.probe = probe;
  }

  String label() {
    return label;
  }

  String scheme() {
    return scheme;
  }

  Check probe() {
    return probe;
  }

  /** Whether the service answers at a port. */
  interface Check {
    boolean answers(int port);
  }
}
