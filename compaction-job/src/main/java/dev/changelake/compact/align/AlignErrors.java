package dev.changelake.compact.align;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;

/** Why no end between transactions can be found, and what to do then. */
final class AlignErrors {
  private static final String SET =
      "Set debezium.provide.transaction.metadata=true in the configuration of `bin/changelake"
          + " capture`, or provide.transaction.metadata=true in the connector's";
  private static final String ONCE =
      "take what is there by a batch with --align none; the next one can be aligned.";

  private AlignErrors() {}

  static ChangelakeException withoutMetadata(String topic) {
    return source(
        "There is no topic %s, which would tell of the source's transactions.".formatted(topic),
        "Debezium publishes where transactions end if it is told to; without that a batch can only"
            + " end where its topics stand.",
        SET
            + "; then "
            + ONCE
            + " Where the topic has another name, say it with debezium.topic.transaction.");
  }

  static ChangelakeException severalPartitions(String topic, int partitions) {
    return source(
        "The topic %s has %d partitions.".formatted(topic, partitions),
        "Whether a transaction was begun again before its end came is told by the order of its"
            + " records alone.",
        "Create the topic anew with one partition, and take what is there by a batch with --align"
            + " none.");
  }

  static ChangelakeException untold(String topic, int partition, long offset) {
    return source(
        "The change %d:%d of %s does not say of which transaction it is."
            .formatted(partition, offset, topic),
        "It was published without transaction metadata, or not by Debezium, as those of the mock"
            + " platform are.",
        SET + "; then " + ONCE);
  }

  static ChangelakeException routed(String topic, int partition, long offset) {
    return source(
        "The change %d:%d of %s is of a table that has another topic."
            .formatted(partition, offset, topic),
        "Ends of transactions count events by table, so the table's topic must have the name that"
            + " Debezium gives it: <prefix>.<schema>.<table>.",
        "Leave out what routes the topic's records, or plan batches with --align none.");
  }

  static ChangelakeException unknownMark(String topic, long offset) {
    return source(
        "The record 0:%d of %s is neither the begin nor the end of a transaction."
            .formatted(offset, topic),
        "In that topic Debezium alone writes.",
        "Check debezium.topic.transaction in the configuration, or plan the batch with --align"
            + " none.");
  }

  static ChangelakeException withoutPrefix(String topic) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The topic %s has not the form <prefix>.<schema>.<table>.".formatted(topic),
        "Debezium's topics have it, and the topic of transactions has the same prefix.",
        "Correct the contract, or plan batches with --align none.");
  }

  private static ChangelakeException source(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.SOURCE, problem, why, remedy).notRetryable();
  }
}
