package dev.changelake.compact.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaErrorsTest {
  @Test
  void aBrokerThatIsAwayIsWorthARetry() {
    // when
    ChangelakeException away = of(new ExecutionException(new TimeoutException("timed out")));
    ChangelakeException unresolved =
        of(
            new KafkaException(
                "Failed to create new KafkaAdminClient",
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")));
    // then
    assertThat(away.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(away.retryable()).isTrue();
    assertThat(away.problem()).isEqualTo("Kafka at broker:9092 does not answer.");
    assertThat(unresolved.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(unresolved.retryable()).isTrue();
    assertThat(unresolved.why()).contains("No resolvable bootstrap urls");
  }

  @Test
  void wrongSettingsAreUsage() {
    // when
    ChangelakeException refused =
        of(
            new KafkaException(
                "Failed to create new KafkaAdminClient",
                new ConfigException("security.protocol", "NONE", "is not known")));
    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.why()).contains("security.protocol");
  }

  @Test
  void aBrokerThatRefusesIsNotAskedAgain() {
    // when
    ChangelakeException topic =
        of(new ExecutionException(new TopicAuthorizationException("not allowed")));
    ChangelakeException client =
        of(new ExecutionException(new SaslAuthenticationException("wrong password")));
    // then
    assertThat(topic.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(topic.retryable()).isFalse();
    assertThat(client.retryable()).isFalse();
  }

  private static ChangelakeException of(Exception failure) {
    return KafkaErrors.of("broker:9092", failure);
  }
}
