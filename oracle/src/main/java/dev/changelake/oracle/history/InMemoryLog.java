package dev.changelake.oracle.history;

import dev.changelake.oracle.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** Puts records where Kafka would, without a broker: by the key's hash, null keys in turn. */
public final class InMemoryLog {

  private final int partitions;
  private final Map<String, Long> ends = new HashMap<>();
  private int turn;

  public InMemoryLog(int partitions) {
    this.partitions = partitions;
  }

  public List<LogRecord> append(List<OutRecord> records) {
    List<LogRecord> placed = new ArrayList<>();
    for (OutRecord record : records) {
      int partition =
          record.key() == null
              ? turn++ % partitions
              : Utils.toPositive(Utils.murmur2(record.key())) % partitions;
      long offset = ends.merge(record.topic() + "-" + partition, 1L, Long::sum) - 1;
      placed.add(new LogRecord(record.topic(), partition, offset, record.key(), record.value()));
    }
    return placed;
  }
}
