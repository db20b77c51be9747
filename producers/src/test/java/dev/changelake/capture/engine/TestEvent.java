package dev.changelake.capture.engine;

import io.debezium.engine.ChangeEvent;

/** An event as Debezium's engine hands it over. */
record TestEvent(String destination, byte[] key, byte[] value)
    implements ChangeEvent<byte[], byte[]> {
  @Override
  public Integer partition() {
    return null;
  }
}
