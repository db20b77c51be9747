package dev.changelake.compact.doctor;

import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.plan.TopicState;
import dev.changelake.compact.plan.TopicState.PartitionState;
import dev.changelake.contract.TableContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is known of one table's topic: its state and settings, and some of its records.
 *
 * @param topic what Kafka says of it; absent if there is no such topic
 * @param read the ranges that were read
 * @param records what they hold, by partition and offset
 * @param last the last batch; absent where there is none
 * @param now when Kafka was asked
 */
record TopicSample(
    TableContract contract,
    Optional<Topic> topic,
    List<OffsetRange> read,
    List<SampledRecord> records,
    Optional<LastBatch> last,
    Instant now) {
  TopicSample {
    read = List.copyOf(read);
    records = List.copyOf(records);
  }

  /**
   * A topic as Kafka describes it.
   *
   * @param neighbours all topics of the cluster
   */
  record Topic(TopicState state, TopicSettings settings, Set<String> neighbours) {}

  /** The same topic, with records. */
  TopicSample with(List<OffsetRange> ranges, List<SampledRecord> found) {
    return new TopicSample(contract, topic, ranges, found, last, now);
  }

  List<PartitionState> partitions() {
    return topic.map(found -> found.state().partitions()).orElse(List.of());
  }

  /** The topic's part of the last batch. */
  Optional<TopicPlan> landed() {
    return last.flatMap(batch -> batch.plan().topicOf(contract.table()));
  }

  /** The first offset that no finished batch has. */
  long firstNotLanded(int partition) {
    return landed()
        .filter(plan -> topic.isPresent() && plan.topicId().equals(topic.get().state().topicId()))
        .filter(plan -> partition < plan.partitions().size())
        .map(plan -> plan.partitions().get(partition).range().end())
        .orElse(0L);
  }

  List<SampledRecord> records(Predicate<SampledRecord> wanted) {
    return records.stream().filter(wanted).toList();
  }

  /** The records that are envelopes of changes of rows. */
  List<SampledRecord> changes() {
    return records(record -> record.isEnvelope() && !record.hasOp("m"));
  }
}
