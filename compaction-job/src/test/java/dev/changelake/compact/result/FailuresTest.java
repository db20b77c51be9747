package dev.changelake.compact.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import io.delta.exceptions.ConcurrentAppendException;
import io.delta.exceptions.MetadataChangedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.AWSClientIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailuresTest {
  @ParameterizedTest
  @MethodSource
  void kafkaIsTheSource(Throwable failure) {
    assertThat(Failures.explained(failure).orElseThrow())
        .satisfies(told -> assertThat(told.category()).isEqualTo(ErrorCategory.SOURCE))
        .satisfies(told -> assertThat(told.retryable()).isTrue())
        .satisfies(told -> assertThat(told).hasCause(failure));
  }

  static Stream<Throwable> kafkaIsTheSource() {
    return Stream.of(
        new TimeoutException("no answer"),
        new KafkaException("cannot make a consumer"),
        new SparkException("task failed", new ExecutionException(new TimeoutException("late"))));
  }

  @ParameterizedTest
  @MethodSource
  void refusalOfKafkaIsNoOutage(Throwable failure) {
    ChangelakeException explained = Failures.explained(failure).orElseThrow();
    assertThat(explained.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(explained.retryable()).isFalse();
    assertThat(explained.problem()).isEqualTo("Kafka refuses this client.");
    assertThat(explained).hasCause(failure);
  }

  static Stream<Throwable> refusalOfKafkaIsNoOutage() {
    return Stream.of(
        new TopicAuthorizationException(Set.of("companies")),
        new KafkaException("cannot poll", new GroupAuthorizationException("spark")),
        new SparkException("task failed", new SaslAuthenticationException("bad password")));
  }

  @ParameterizedTest
  @MethodSource
  void storeIsTheTable(Throwable failure) {
    assertThat(Failures.explained(failure).orElseThrow())
        .satisfies(told -> assertThat(told.category()).isEqualTo(ErrorCategory.TABLE))
        .satisfies(told -> assertThat(told.problem()).contains("object store"));
  }

  static Stream<Throwable> storeIsTheTable() {
    return Stream.of(
        SdkClientException.create("no host"),
        S3Exception.builder().message("denied").statusCode(403).build(),
        new UncheckedIOException(
            new AWSClientIOException("read", SdkClientException.create("closed"))),
        new UncheckedIOException(new ConnectException("refused")));
  }

  @ParameterizedTest
  @MethodSource
  void raceWithAnotherDriverMayBeTriedAgain(Throwable failure) {
    assertThat(Failures.explained(failure).orElseThrow())
        .satisfies(told -> assertThat(told.category()).isEqualTo(ErrorCategory.TABLE))
        .satisfies(told -> assertThat(told.retryable()).isTrue())
        .satisfies(told -> assertThat(told.problem()).contains("Another driver"));
  }

  static Stream<Throwable> raceWithAnotherDriverMayBeTriedAgain() {
    return Stream.of(
        new ConcurrentAppendException("files were added"),
        new MetadataChangedException("columns were added"));
  }

  @Test
  void ownWordsGoBeforeWhatCausedThem() {
    // given
    ChangelakeException own =
        new ChangelakeException(ErrorCategory.DATA, "problem", "why", "remedy")
            .causedBy(new TimeoutException("late"));
    // when
    ChangelakeException told = Failures.explained(new RuntimeException(own)).orElseThrow();
    // then
    assertThat(told).isSameAs(own);
  }

  @Test
  void bugStaysABug() {
    List<Throwable> bugs =
        List.of(
            new IllegalStateException("never"),
            new NullPointerException(),
            new UncheckedIOException(new IOException("disk full")));
    assertThat(bugs).allSatisfy(bug -> assertThat(Failures.explained(bug)).isEmpty());
  }

  @Test
  void blockedBatchNamesTheOtherAndItsReason() {
    // given
    ChangelakeException cause =
        new ChangelakeException(ErrorCategory.SOURCE, "Problem.", "Why.", "Remedy.");
    // when
    ChangelakeException blocked = Failures.blocked("2020-06-22", cause);
    // then
    assertThat(blocked.category()).isEqualTo(ErrorCategory.BLOCKED);
    assertThat(blocked.problem()).contains("Batch 2020-06-22 stands in the way");
    assertThat(blocked.why()).isEqualTo("Problem. Why.");
    assertThat(blocked.remedy()).isEqualTo("Remedy.");
  }
}
