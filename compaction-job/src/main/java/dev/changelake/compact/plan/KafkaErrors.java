package dev.changelake.compact.plan;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** What it means that Kafka cannot be asked, and what to do then. */
public final class KafkaErrors {
  private static final String UNRESOLVED = "No resolvable bootstrap urls";

  private KafkaErrors() {}

  /** Tells a broker that is away from one that refuses, and both from wrong settings. */
  public static ChangelakeException of(String servers, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    if (root instanceof ConfigException
        && !String.valueOf(root.getMessage()).contains(UNRESOLVED)) {
      return new ChangelakeException(
              ErrorCategory.USAGE,
              "Kafka's client refuses its settings.",
              why,
              "Correct the kafka.* keys of the configuration.")
          .causedBy(failure);
    }
    if (root instanceof TopicAuthorizationException refusal
        && !refusal.unauthorizedTopics().isEmpty()) {
      return topicsRefused(servers, refusal.unauthorizedTopics(), refusal);
    }
    if (root instanceof AuthorizationException || root instanceof AuthenticationException) {
      return new ChangelakeException(
              ErrorCategory.SOURCE,
              "Kafka at %s refuses this client.".formatted(servers),
              why,
              "Check the credentials in kafka.*, and that they may describe and read the topics; then"
                  + " run the same command again.")
          .notRetryable()
          .causedBy(failure);
    }
    return new ChangelakeException(
            ErrorCategory.SOURCE,
            "Kafka at %s does not answer.".formatted(servers),
            why,
            "Check that the brokers are up (`bin/changelake local status`) and that kafka.* in the"
                + " configuration names them; then run the same command again.")
        .causedBy(failure);
  }

  /** Whether a topic exists is hidden from a client that may not describe it. */
  static ChangelakeException topicsRefused(
      String servers, Collection<String> topics, Exception failure) {
    String names = topics.stream().sorted().collect(Collectors.joining(", "));
    return new ChangelakeException(
            ErrorCategory.SOURCE,
            "Kafka at %s does not let this client see %s.".formatted(servers, names),
            "Its access control hides even whether they exist, so they are not taken for absent.",
            "Allow the client's principal the operations Describe and Read on them (kafka-acls), or"
                + " take their contracts out of contracts.directory; then run the same command"
                + " again.")
        .notRetryable()
        .causedBy(failure);
  }
}
