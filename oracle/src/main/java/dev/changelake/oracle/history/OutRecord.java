package dev.changelake.oracle.history;

import java.util.Map;
import java.util.Objects;

/** A record to be sent; key and value may be null, the partition is left to the key's hash. */
public record OutRecord(String topic, byte[] key, byte[] value, Map<String, byte[]> headers) {

  public OutRecord {
    Objects.requireNonNull(topic, "topic");
    headers = Map.copyOf(headers);
  }
}
