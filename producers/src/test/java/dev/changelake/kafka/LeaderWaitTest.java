package dev.changelake.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class LeaderWaitTest {
  private int asked;

  @Test
  void asksAgainWhileATopicIsNotKnownYet() throws Exception {
    // given
    LeaderWait wait = new LeaderWait(Duration.ofMinutes(1), Duration.ZERO);
    // when
    wait.until(
        () -> {
          if (++asked < 3) {
            throw new ExecutionException(new UnknownTopicOrPartitionException("companies"));
          }
        });
    // then
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void givesUpWithTheLastRefusalWhenPatienceHasRunOut() {
    // given
    LeaderWait wait = new LeaderWait(Duration.ZERO, Duration.ZERO);
    // when, then
    assertThatThrownBy(
            () ->
                wait.until(
                    () -> {
                      asked++;
                      throw new ExecutionException(
                          new UnknownTopicOrPartitionException("companies"));
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void doesNotAskAgainAfterAnotherFailure() {
    // given
    LeaderWait wait = new LeaderWait(Duration.ofMinutes(1), Duration.ZERO);
    // when, then
    assertThatThrownBy(
            () ->
                wait.until(
                    () -> {
                      asked++;
                      throw new ExecutionException(new TopicAuthorizationException("companies"));
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThat(asked).isEqualTo(1);
  }
}
