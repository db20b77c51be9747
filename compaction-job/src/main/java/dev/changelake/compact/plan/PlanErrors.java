package dev.changelake.compact.plan;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What can be wrong with the source when a batch is planned or read, and what to do then. */
final class PlanErrors {
  private static final String WHO_AND_WHY = " --by <who> --why <reason>";

  private PlanErrors() {}

  static ChangelakeException noTopics(List<String> topics) {
    return source(
        "None of the topics exists: %s.".formatted(String.join(", ", topics)),
        "There is nothing to plan, and an empty first batch would hide a wrong cluster.",
        "Check kafka.bootstrap.servers, or run `bin/changelake produce init` first.");
  }

  static ChangelakeException topicGone(TopicPlan topic, String command) {
    return source(
        "The topic %s is gone.".formatted(topic.topic()),
        "Earlier batches read it, so records may have been lost with it.",
        "Check kafka.bootstrap.servers. If the topic was deleted on purpose, create it again and run"
            + " `%s --accept-new-topic %s%s`, or, if the table shall no longer be followed, run `%s --retire %s%s`."
                .formatted(
                    command, topic.topic(), WHO_AND_WHY, command, topic.table(), WHO_AND_WHY));
  }

  /** The command that plans a batch, for messages. */
  static String compact(BatchId batch) {
    return "bin/changelake compact --batch " + batch;
  }

  /** The command that revises a batch, for messages. */
  static String revise(BatchId batch) {
    return "bin/changelake compact revise --batch " + batch;
  }

  static ChangelakeException recreatedBeforePlan(
      TopicPlan before, TopicState state, String command) {
    return recreated(before, state, command);
  }

  static ChangelakeException recreatedAfterPlan(TopicPlan frozen, TopicState state, BatchId batch) {
    return recreated(frozen, state, revise(batch));
  }

  static ChangelakeException notRecreated(TopicPlan topic) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The topic %s is the one that the plan froze.".formatted(topic.topic()),
        "Its id is still %s; read as a new topic, all its records would land again."
            .formatted(topic.topicId()),
        "Leave --accept-new-topic out for it; nothing was written.");
  }

  static ChangelakeException withoutContract(List<TopicPlan> topics) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "There is no contract of %s, which earlier plans read."
            .formatted(
                topics.stream()
                    .map(topic -> "%s (topic %s)".formatted(topic.table(), topic.topic()))
                    .collect(Collectors.joining(", "))),
        "Left out, records would be missing, or land twice once the contract is back.",
        "Check contracts.directory in the configuration. If the table shall no longer be followed,"
            + " say so with `--retire %s%s` of the command that plans a batch, or of `compact revise` where one is unfinished."
                .formatted(
                    topics.stream().map(TopicPlan::table).collect(Collectors.joining(" --retire ")),
                    WHO_AND_WHY));
  }

  static ChangelakeException notRead(String table, Collection<String> known) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The table %s cannot be retired.".formatted(table),
        "The batches read %s.".formatted(known.isEmpty() ? "none yet" : String.join(", ", known)),
        "Correct the name; nothing was written.");
  }

  static ChangelakeException stillFollowed(TopicPlan topic) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The table %s cannot be retired.".formatted(topic.table()),
        "Its contract and its topic %s are both there, so that its records go on coming."
            .formatted(topic.topic()),
        "Take the contract out of contracts.directory, or delete the topic; nothing was written.");
  }

  private static ChangelakeException recreated(TopicPlan before, TopicState state, String command) {
    return source(
        "The topic %s was deleted and created again.".formatted(before.topic()),
        "Its id was %s when its last offsets were frozen and is %s now: the offsets count anew and"
                .formatted(before.topicId(), state.topicId())
            + " records may have been lost in between.",
        "If nothing is missing, or what is missing is accepted, run `%s --accept-new-topic %s%s`."
            .formatted(command, before.topic(), WHO_AND_WHY));
  }

  static ChangelakeException partitionsAdded(TopicPlan before, TopicState state, String command) {
    return source(
        "The topic %s has %d partitions now, the last plan knew %d."
            .formatted(before.topic(), state.partitions().size(), before.partitions().size()),
        "Keys may have moved to other partitions, and between partitions offsets tell no order:"
            + " for such keys the lsn alone decides.",
        "If the records carry an lsn, run `%s --accept-partitions %s%s`."
            .formatted(command, before.topic(), WHO_AND_WHY));
  }

  static ChangelakeException wentBack(String topic, int partition, long expected, long actual) {
    return source(
        "Partition %d of %s ends at offset %d, before offset %d that was read or frozen earlier."
            .formatted(partition, topic, actual, expected),
        "The partition lost records after they were acknowledged, or this is another cluster.",
        "Check kafka.bootstrap.servers. If the cluster was restored, produce the missing records"
            + " again, or create the topic anew and accept it with --accept-new-topic "
            + topic
            + ".");
  }

  /**
   * Records that were never read have expired.
   *
   * @param unread whether all are of partitions of which nothing was read before
   */
  static ChangelakeException expiredBeforePlan(
      String topic, List<OffsetRange> gone, boolean unread, String command) {
    String begin =
        unread
            ? " or, to begin with whatever is there then, `%s --start-at-earliest %s%s`"
                .formatted(command, topic, WHO_AND_WHY)
            : "";
    return source(
        "Offsets %s of %s are no longer in Kafka.".formatted(text(gone), topic),
        "Retention removed them before a batch could freeze them.",
        "Lengthen the topic's retention. If the loss is accepted, run `%s%s%s`%s; it is written into"
                .formatted(command, lost(topic, gone), WHO_AND_WHY, begin)
            + " the plan.");
  }

  static ChangelakeException expiredAfterPlan(
      TopicPlan topic, List<OffsetRange> gone, BatchId batch) {
    return source(
        "Offsets %s of %s were frozen and are no longer in Kafka."
            .formatted(text(gone), topic.topic()),
        "Retention removed them before they were landed.",
        "If the loss is accepted, run `%s%s%s`, then run"
                .formatted(revise(batch), lost(topic.topic(), gone), WHO_AND_WHY)
            + " the batch again.");
  }

  static ChangelakeException unknownTopics(Collection<String> unknown, Collection<String> known) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The decision names %s, which is no topic of the batch."
            .formatted(String.join(", ", unknown)),
        "Its topics are %s.".formatted(String.join(", ", known)),
        "Correct the name; nothing was written.");
  }

  static ChangelakeException notInPlan(TopicPlan topic, OffsetRange range) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The range %s cannot be given up in %s.".formatted(range, topic.topic()),
        "Only the beginning of what the plan froze can expire; frozen are "
            + text(topic.partitions().stream().map(PartitionPlan::range).toList())
            + ".",
        "Give the range as the error of the run named it.");
  }

  static ChangelakeException noHoleOfPlan(TopicPlan topic, OffsetRange range) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The range %s is not of what the plan froze of %s.".formatted(range, topic.topic()),
        "Frozen are " + text(topic.partitions().stream().map(PartitionPlan::range).toList()) + ".",
        "Give the range as the error of the run named it.");
  }

  static ChangelakeException noRestartOfPlan(TopicPlan topic, int partition, long offset) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The record %d:%d is not of what the plan froze of %s."
            .formatted(partition, offset, topic.topic()),
        "Frozen are " + text(topic.partitions().stream().map(PartitionPlan::range).toList()) + ".",
        "Give the record as the error of the run named it.");
  }

  static ChangelakeException foreignFile(String path) {
    return new ChangelakeException(
            ErrorCategory.TABLE,
            "The file %s is no plan.".formatted(path),
            "Changelake alone writes to that folder, and its names are like 00000007.000.json.",
            "Move the file away, then run the command again.")
        .notRetryable();
  }

  private static ChangelakeException source(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.SOURCE, problem, why, remedy).notRetryable();
  }

  private static String lost(String topic, List<OffsetRange> gone) {
    return gone.stream()
        .map(range -> " --accept-lost %s:%s".formatted(topic, range))
        .collect(Collectors.joining());
  }

  private static String text(List<OffsetRange> ranges) {
    return ranges.stream().map(OffsetRange::toString).collect(Collectors.joining(", "));
  }
}
