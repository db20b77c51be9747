package dev.changelake.envelope;

/** Ends the decoding of one record; never leaves this package. */
final class Quarantine extends Exception {
  private static final long serialVersionUID = 1L;

  private final QuarantineReason reason;

  Quarantine(QuarantineReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** The same of one of the value's elements. */
  Quarantine ofElement() {
    return new Quarantine(reason, "an element of " + getMessage());
  }

  /** Whether a value is not one of its column's type, of which infinity is no matter. */
  boolean isOfType() {
    return reason == QuarantineReason.TYPE_MISMATCH || reason == QuarantineReason.DECIMAL_OVERFLOW;
  }

  /** The text for the change log. */
  String text() {
    return getMessage().isEmpty() ? reason.code() : reason.code() + ": " + getMessage();
  }
}
