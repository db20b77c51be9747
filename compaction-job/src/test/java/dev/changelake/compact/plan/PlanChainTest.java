package dev.changelake.compact.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.store.SealedJson;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanChainTest {
  private static final String PATH = "data/_changelake/plans/00000001.000.json";

  private final InMemoryLakeFiles files = new InMemoryLakeFiles();
  private final PlanChain chain = new PlanChain(files);

  @Test
  void newLakeHasNoPlan() {
    assertThat(chain.last()).isEmpty();
    assertThat(chain.newest(1)).isEmpty();
  }

  @Test
  void lastPlanIsTheNewestRevisionOfTheHighestNumber() {
    // given
    List.of("00000001.000", "00000002.000", "00000010.000", "00000010.001")
        .forEach(name -> chain.add(plan(name, "driver")));
    // when
    Optional<Plan> last = chain.last();
    // then
    assertThat(last.orElseThrow().name()).hasToString("00000010.001");
    assertThat(chain.newest(2).orElseThrow().name()).hasToString("00000002.000");
    assertThat(chain.newest(3)).isEmpty();
  }

  @Test
  void secondDriverLosesAndTheFirstPlanStays() {
    // given
    boolean first = chain.add(plan("00000001.000", "first"));
    // when
    boolean second = chain.add(plan("00000001.000", "second"));
    // then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(chain.last().orElseThrow().writer()).isEqualTo("first");
  }

  @Test
  void tamperedPlanIsNamed() {
    // given
    chain.add(plan("00000001.000", "driver"));
    String text = new String(files.read(PATH).orElseThrow(), StandardCharsets.UTF_8);
    files.tamper(PATH, text.replace("\"driver\"", "\"other\"").getBytes(StandardCharsets.UTF_8));
    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, () -> chain.last());
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.problem()).isEqualTo("The file " + PATH + " is damaged.");
    assertThat(failure.why()).contains("SHA-256");
  }

  @Test
  void textThatIsNoPlanIsNamed() {
    // given
    List<byte[]> contents =
        List.of(
            "{".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            "{}".getBytes(StandardCharsets.UTF_8),
            SealedJson.write("a text"));
    for (byte[] content : contents) {
      files.tamper(PATH, content);
      // when
      ChangelakeException failure =
          catchThrowableOfType(ChangelakeException.class, () -> chain.last());
      // then
      assertThat(failure.problem()).isEqualTo("The file " + PATH + " is damaged.");
    }
  }

  @Test
  void fileThatIsNoPlanIsNamed() {
    // given
    files.tamper("data/_changelake/plans/notes.json", new byte[0]);
    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, () -> chain.last());
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(failure.problem()).contains("data/_changelake/plans/notes.json");
  }

  private static Plan plan(String name, String writer) {
    return new Plan(
        Plan.SCHEMA_VERSION,
        PlanKind.KAFKA,
        PlanName.parse(name),
        new BatchId("2020-06-22"),
        LocalDate.of(2020, 6, 22),
        List.of(),
        Optional.empty(),
        Instant.EPOCH,
        writer);
  }
}
