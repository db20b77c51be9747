package dev.changelake.compact.align;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The transactions of one partition that are not settled yet, in its order. */
final class PartitionTail {
  private final long start;
  private final List<Part> parts = new ArrayList<>();

  /** How many of the parts may be taken. */
  private int taken;

  PartitionTail(long start) {
    this.start = start;
  }

  /** Where the records of a transaction begin. */
  record Part(SourceTransaction transaction, long offset, long timestamp) {}

  /** A record of the partition; true if it begins a part that the batch could bring. */
  boolean add(SourceTransaction transaction, long offset, long timestamp) {
    boolean goesOn = !parts.isEmpty() && parts.get(parts.size() - 1).transaction() == transaction;
    if (offset < start || goesOn) {
      return false;
    }
    parts.add(new Part(transaction, offset, timestamp));
    transaction.firsts().putIfAbsent(this, offset);
    return true;
  }

  void takeAll() {
    taken = parts.size();
  }

  /** Takes nothing from the offset on, and tells whose parts were taken before. */
  void takeBefore(long offset, Consumer<SourceTransaction> out) {
    while (taken > 0 && parts.get(taken - 1).offset() >= offset) {
      taken--;
      out.accept(parts.get(taken).transaction());
    }
  }

  /** Forgets the parts that are taken, and hands them over. */
  int settle(Consumer<SourceTransaction> in) {
    List<Part> settled = parts.subList(0, taken);
    int count = settled.size();
    settled.forEach(part -> in.accept(part.transaction()));
    settled.clear();
    return count;
  }

  /** What is left, in its order. */
  List<Part> parts() {
    return parts;
  }
}
