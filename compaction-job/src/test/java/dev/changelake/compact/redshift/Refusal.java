package dev.changelake.compact.redshift;

import java.util.Objects;

/** What Redshift, or the stand-in itself, does not do; becomes the client's error. */
final class Refusal extends Exception {
  static final String SYNTAX_ERROR = "42601";
  static final String NOT_SUPPORTED = "0A000";
  static final String UNDEFINED_TYPE = "42704";
  static final String UNDEFINED_FUNCTION = "42883";
  static final String ACTIVE_TRANSACTION = "25001";

  /** Redshift's code for whatever goes wrong while a COPY reads and loads. */
  static final String INTERNAL_ERROR = "XX000";

  private static final long serialVersionUID = 1L;

  private final String state;
  private final String detail;

  Refusal(String state, String message) {
    this(state, message, "");
  }

  Refusal(String state, String message, String detail) {
    super(Objects.requireNonNull(message, "message"));
    this.state = Objects.requireNonNull(state, "state");
    this.detail = Objects.requireNonNull(detail, "detail");
  }

  static Refusal syntaxErrorAt(String word) {
    return new Refusal(SYNTAX_ERROR, "syntax error at or near \"%s\"".formatted(word));
  }

  static Refusal notSupported(String what) {
    return new Refusal(NOT_SUPPORTED, what + " is not supported");
  }

  WireMessage message() {
    return WireMessage.error("ERROR", state, getMessage(), detail);
  }
}
