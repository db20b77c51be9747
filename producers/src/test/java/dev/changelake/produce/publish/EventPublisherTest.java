package dev.changelake.produce.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.feed.CompaniesFeed;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class EventPublisherTest {
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private final Feed feed =
      new CompaniesFeed(new World(new WorldParameters(1, 8, START)), START.plusDays(1), 8);
  private final EventEncoder encoder =
      new EventEncoder(TableContracts.load(Optional.empty()), false);

  @Test
  void all_records_are_sent_in_order_and_counted() {
    // given
    MockProducer<byte[], byte[]> kafka = kafka();
    AtomicInteger steps = new AtomicInteger();

    // when
    List<TopicTally> tallies =
        new EventPublisher(kafka, encoder).publish(feed, steps::incrementAndGet);

    // then
    assertThat(kafka.history())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(feed.events().flatMap(event -> encoder.encode(event).stream()).toList());
    assertThat(steps).hasValue(8);
    assertThat(tallies)
        .containsExactly(
            new TopicTally(
                "b2b.public.companies", 11, Map.of("c", 4L, "u", 1L, "d", 3L, "tombstone", 3L)));
  }

  @Test
  void a_refusal_fails_the_task_and_names_the_topic() {
    // given
    MockProducer<byte[], byte[]> kafka = kafka();
    kafka.sendException = new TimeoutException("no metadata");

    // when, then
    assertThatThrownBy(() -> new EventPublisher(kafka, encoder).publish(feed, () -> {}))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("The topic b2b.public.companies did not take all events.")
        .hasMessageContaining("TimeoutException: no metadata");
  }

  @Test
  void a_record_that_is_never_acknowledged_fails_the_task() {
    // given
    Flushless kafka = new Flushless();

    // when, then
    assertThatThrownBy(() -> new EventPublisher(kafka, encoder).publish(feed, () -> {}))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("Only 0 of 11 records were acknowledged.");
  }

  @Test
  void a_failed_acknowledgement_fails_the_task_and_names_the_topic() {
    // given
    Flushless kafka =
        new Flushless() {
          @Override
          public void flush() {
            completeNext();
            errorNext(new RecordTooLargeException("too large"));
          }
        };

    // when, then
    assertThatThrownBy(() -> new EventPublisher(kafka, encoder).publish(feed, () -> {}))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.SOURCE);
              assertThat(e.retryable()).isFalse();
              assertThat(e.problem())
                  .isEqualTo("The topic b2b.public.companies did not take all events.");
            });
  }

  private static MockProducer<byte[], byte[]> kafka() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A client whose brokers have not answered when it returns from flushing. */
  private static class Flushless extends MockProducer<byte[], byte[]> {
    Flushless() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void flush() {}
  }
}
