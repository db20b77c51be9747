package dev.changelake.oracle;

/** Thrown while a record is read to say that it belongs into quarantine, and why. */
final class Unusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unusable(String reason) {
    super(reason, null, false, false);
  }
}
