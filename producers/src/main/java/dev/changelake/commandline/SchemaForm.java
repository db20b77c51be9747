package dev.changelake.commandline;

import java.util.Locale;

/** Whether messages carry their schema. */
public enum SchemaForm {
  /** As Kafka Connect's schemas.enable=true does. */
  INLINE,
  NONE;

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
