package dev.changelake.envelope;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of Debezium's envelope, each with its code in the field {@code op}. */
public enum Operation {
  READ("r"),
  CREATE("c"),
  UPDATE("u"),
  DELETE("d"),
  TRUNCATE("t"),
  MESSAGE("m");

  private static final Map<String, Operation> BY_CODE =
      Stream.of(values()).collect(Collectors.toMap(Operation::code, Function.identity()));

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The operation of that code; empty if Debezium knows none. */
  public static Optional<Operation> fromCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
