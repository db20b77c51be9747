package dev.changelake.compact.plan;

import dev.changelake.contract.ColumnChange;
import java.util.ArrayList;
import java.util.List;

/**
 * One topic's part of a batch.
 *
 * @param table the table whose contract the topic has
 * @param topicId Kafka's id of the topic, which changes when it is deleted and created again
 * @param partitions all partitions of the topic, in order
 * @param lost ranges that an operator gave up; they follow the batches before and precede this one
 * @param holes ranges of which an operator knows that they never held a record
 * @param lsnRestarts where log positions began anew, in this batch and those before
 * @param since the first plan that read this topic, and not one that had its name before; 0 if that
 *     is not known
 * @param replays in a replay, what it lands again
 * @param evolutions how the table followed its source, in this batch and those before
 */
public record TopicPlan(
    String table,
    String topic,
    String topicId,
    List<PartitionPlan> partitions,
    List<OffsetRange> lost,
    List<OffsetRange> holes,
    List<LsnRestart> lsnRestarts,
    long since,
    List<ReplayRange> replays,
    List<Evolution> evolutions) {
  public TopicPlan {
    partitions = List.copyOf(partitions);
    lost = List.copyOf(lost);
    holes = List.copyOf(holes);
    // Plans of earlier versions have none.
    lsnRestarts = lsnRestarts == null ? List.of() : List.copyOf(lsnRestarts);
    replays = replays == null ? List.of() : List.copyOf(replays);
    evolutions = evolutions == null ? List.of() : List.copyOf(evolutions);
    for (int i = 0; i < partitions.size(); i++) {
      if (partitions.get(i).range().partition() != i) {
        throw new IllegalArgumentException(
            "The plan of %s must hold all partitions in order".formatted(topic));
      }
    }
  }

  /** A topic whose table is as its contract says. */
  public TopicPlan(
      String table,
      String topic,
      String topicId,
      List<PartitionPlan> partitions,
      List<OffsetRange> lost,
      List<OffsetRange> holes,
      List<LsnRestart> lsnRestarts,
      long since,
      List<ReplayRange> replays) {
    this(table, topic, topicId, partitions, lost, holes, lsnRestarts, since, replays, List.of());
  }

  /** The same up to these offsets, one a partition. */
  public TopicPlan upTo(List<Long> ends) {
    return with(
        partitions.stream()
            .map(partition -> partition.upTo(ends.get(partition.range().partition())))
            .toList(),
        lost,
        holes,
        lsnRestarts);
  }

  /** How many records the batch lands: offsets of the topic, or what is replayed. */
  public long offsets() {
    return partitions.stream().mapToLong(partition -> partition.range().length()).sum()
        + replays.stream().mapToLong(replay -> replay.range().length()).sum();
  }

  /** The topic's part of the batch, with other ranges, decisions and restarts. */
  TopicPlan with(
      List<PartitionPlan> ranges,
      List<OffsetRange> givenUp,
      List<OffsetRange> empty,
      List<LsnRestart> restarts) {
    return new TopicPlan(
        table, topic, topicId, ranges, givenUp, empty, restarts, since, replays, evolutions);
  }

  /** The topic's part of a batch that takes nothing from Kafka and lands these again. */
  TopicPlan replaying(List<ReplayRange> again) {
    List<PartitionPlan> ends =
        partitions.stream()
            .map(
                partition -> {
                  long end = partition.range().end();
                  OffsetRange none = new OffsetRange(partition.range().partition(), end, end);
                  return new PartitionPlan(none, end, end);
                })
            .toList();
    return new TopicPlan(
        table, topic, topicId, ends, List.of(), List.of(), lsnRestarts, since, again, evolutions);
  }

  /** The same for a table that follows its source further. */
  TopicPlan evolved(List<Evolution> more) {
    List<Evolution> all = new ArrayList<>(evolutions);
    all.addAll(more);
    return new TopicPlan(
        table, topic, topicId, partitions, lost, holes, lsnRestarts, since, replays, all);
  }

  /** What the table's contract has become. */
  public List<ColumnChange> columnChanges() {
    return evolutions.stream().map(Evolution::change).toList();
  }

  /** How many offsets stood behind open transactions when the plan was made. */
  public long behindOpenTransactions() {
    return partitions.stream()
        .mapToLong(partition -> partition.highWatermark() - partition.lastStableOffset())
        .sum();
  }
}
