package dev.changelake.produce.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.feed.ChangeEvent;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.CountingSink;
import dev.changelake.produce.publish.EventEncoder;
import dev.changelake.produce.publish.TopicTally;
import dev.changelake.produce.store.Destination;
import dev.changelake.produce.store.UnwrittenStore;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProduceRunTest {
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private static final Request INIT =
      new Request(Task.INIT, START, 1, 8, Destination.KAFKA, false, false);
  private static final Request DAILY =
      new Request(Task.DAILY, START.plusDays(1), 1, 8, Destination.KAFKA, false, false);

  private final List<String> journal = new ArrayList<>();
  private final MemoryStore store = new MemoryStore(journal);
  private final RecordingSink sink = new RecordingSink(journal);
  private final ProduceRun run =
      new ProduceRun(TableContracts.load(Optional.empty()), store, sink, new NoProgress());

  @Test
  void topics_come_first_then_files_then_events() {
    // when
    RunResult result = run.run(INIT);

    // then
    assertThat(journal)
        .containsExactly(
            "prepare 7 topics",
            "put if absent data/init/_mock.json",
            "put data/init/companies.csv",
            "put data/init/customers.csv",
            "put data/init/orders.csv",
            "put data/init/products.csv",
            "publish 32",
            "put data/init/_SUCCESS");
    assertThat(store.text("data/init/_mock.json"))
        .isEqualTo(
            "{\"schemaVersion\":2,\"seed\":1,\"rows\":8,\"date\":\"2020-06-21\",\"into\":\"kafka\"}");
    assertThat(result.files()).hasSize(4);
  }

  @Test
  void a_start_that_is_written_is_not_written_again() {
    // given
    run.run(INIT);
    journal.clear();

    // when
    RunResult again = run.run(INIT);

    // then
    assertThat(journal).isEmpty();
    assertThat(again.status()).isEqualTo(RunResult.Status.UNCHANGED);
    assertThat(again.topics()).isEmpty();
  }

  @Test
  void a_start_that_was_killed_or_shall_be_said_again_repeats_the_same_events() {
    // given
    run.run(INIT);
    List<ChangeEvent> first = List.copyOf(sink.events);

    // when
    sink.events.clear();
    run.run(new Request(Task.INIT, START, 1, 8, Destination.KAFKA, false, true));

    // then
    assertThat(sink.events).isEqualTo(first);

    // when: a run that ended before its last acknowledgement left no mark
    store.files.remove("data/init/_SUCCESS");
    sink.events.clear();
    run.run(INIT);

    // then
    assertThat(sink.events).isEqualTo(first);
  }

  @Test
  void another_start_is_refused_before_anything_is_written() {
    // given
    run.run(INIT);
    journal.clear();

    // when, then
    assertRefused(
        new Request(Task.INIT, START, 1, 9, Destination.KAFKA, false, false),
        "with --date 2020-06-21 --rows 8 --seed 1");
    assertThat(journal).isEmpty();
  }

  @Test
  void a_day_before_the_start_was_made_is_refused() {
    assertRefused(DAILY, "This lake's platform has not started");
  }

  @Test
  void another_seed_is_refused() {
    // given
    run.run(INIT);

    // when, then
    assertRefused(
        new Request(Task.COMPANIES, START.plusDays(1), 2, 8, Destination.KAFKA, false, false),
        "started with --seed 1, not 2");
  }

  @Test
  void the_day_of_the_start_is_refused() {
    // given
    run.run(INIT);

    // when, then
    assertRefused(
        new Request(Task.DAILY, START, 1, 8, Destination.KAFKA, false, false),
        "2020-06-21 is not after 2020-06-21");
  }

  @Test
  void a_day_of_companies_writes_no_files() {
    // given
    run.run(INIT);

    // when
    RunResult result =
        run.run(
            new Request(Task.COMPANIES, START.plusDays(1), 1, 8, Destination.KAFKA, false, false));

    // then
    assertThat(result.files()).isEmpty();
  }

  @Test
  void a_start_file_of_another_form_is_told_as_such() {
    // given
    store.files.put(
        "data/init/_mock.json", "{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8));

    // when, then
    assertThatThrownBy(() -> run.run(DAILY))
        .isInstanceOfSatisfying(
            ChangelakeException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
  }

  private void assertRefused(Request request, String problem) {
    assertThatThrownBy(() -> run.run(request))
        .isInstanceOfSatisfying(
            ChangelakeException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
        .hasMessageContaining(problem);
  }

  /** Shows nothing. */
  @Test
  void a_dry_run_tells_the_same_and_writes_nothing() {
    // given
    TableContracts contracts = TableContracts.load(Optional.empty());
    ProduceRun dry =
        new ProduceRun(
            contracts,
            new UnwrittenStore(store),
            new CountingSink(new EventEncoder(contracts, false)),
            new NoProgress());

    // when
    RunResult told = dry.run(new Request(Task.INIT, START, 1, 8, Destination.KAFKA, true, false));

    // then
    assertThat(journal).isEmpty();
    assertThat(told.status()).isEqualTo(RunResult.Status.DRY_RUN);
    assertThat(told.topics())
        .extracting(TopicTally::topic, TopicTally::operations)
        .contains(tuple("b2b.public.companies", Map.of("r", 8L)))
        .hasSize(4);
    assertThat(told.files()).isEqualTo(run.run(INIT).files());
    assertThat(dry.run(new Request(Task.INIT, START, 1, 8, Destination.KAFKA, true, false)))
        .isEqualTo(told);
  }

  private static final class NoProgress implements Progress {
    @Override
    public Stage begin(String name, long steps) {
      return new Stage() {
        @Override
        public void step() {}

        @Override
        public void close() {}
      };
    }
  }
}
