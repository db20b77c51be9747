package dev.changelake.compact.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final InMemoryLakeFiles files = new InMemoryLakeFiles();
  private final Batches batches = new Batches(files);

  @BeforeEach
  void fourBatchesOfThreeDays() {
    batches.add(Manifests.of(1, "init", "2020-06-20", "2020-06-21T01:00:00Z"));
    batches.add(Manifests.of(2, "2020-06-22", "2020-06-22", "2020-06-23T01:00:00Z"));
    batches.add(Manifests.of(3, "2020-06-22.companies", "2020-06-22", "2020-06-23T02:00:00Z"));
    batches.add(Manifests.of(10, "2020-06-24", "2020-06-24", "2020-06-25T01:00:00Z"));
  }

  @Test
  void listsThemOldestFirst() {
    assertThat(batches.all())
        .extracting(entry -> entry.n() + " " + entry.batch())
        .containsExactly("1 init", "2 2020-06-22", "3 2020-06-22.companies", "10 2020-06-24");
  }

  @Test
  void findsByNameAndNumber() {
    assertThat(batches.find(new BatchId("2020-06-22"))).map(BatchesTest::id).contains("2020-06-22");
    assertThat(batches.find(new BatchId("2020-06"))).isEmpty();
    assertThat(batches.find(3)).map(BatchesTest::id).contains("2020-06-22.companies");
    assertThat(batches.find(4)).isEmpty();
    assertThat(batches.last()).map(BatchesTest::id).contains("2020-06-24");
  }

  @Test
  void asOfADateIsTheLastBatchUpToIt() {
    assertThat(asOf("2020-06-19")).isEmpty();
    assertThat(asOf("2020-06-20")).contains("init");
    assertThat(asOf("2020-06-21")).contains("init");
    assertThat(asOf("2020-06-22")).contains("2020-06-22.companies");
    assertThat(asOf("2020-06-23")).contains("2020-06-22.companies");
    assertThat(asOf("2999-01-01")).contains("2020-06-24");
  }

  @Test
  void asOfAMomentIsTheLastBatchThatWasFinishedThen() {
    assertThat(at("2020-06-21T00:59:59.999Z")).isEmpty();
    assertThat(at("2020-06-21T01:00:00Z")).contains("init");
    assertThat(at("2020-06-23T01:59:59.999Z")).contains("2020-06-22");
    assertThat(at("2020-06-23T02:00:00Z")).contains("2020-06-22.companies");
  }

  @Test
  void firstFromADateIsTheOldestBatchOfItOrLater() {
    assertThat(firstFrom("2020-06-01")).contains("init");
    assertThat(firstFrom("2020-06-21")).contains("2020-06-22");
    assertThat(firstFrom("2020-06-22")).contains("2020-06-22");
    assertThat(firstFrom("2020-06-23")).contains("2020-06-24");
    assertThat(firstFrom("2020-06-25")).isEmpty();
  }

  @Test
  void manifestThatIsThereStays() {
    // when
    Manifest kept =
        batches.add(Manifests.of(10, "2020-06-24", "2020-06-24", "2020-07-01T00:00:00Z"));
    // then
    assertThat(kept.createdAt()).isEqualTo("2020-06-25T01:00:00Z");
  }

  @Test
  void newLakeHasNoBatch() {
    assertThat(new Batches(new InMemoryLakeFiles()).last()).isEmpty();
  }

  @Test
  void fileThatIsNoManifestIsNamed() {
    // given
    files.tamper("data/_changelake/batches/notes.json", new byte[0]);
    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, () -> batches.all());
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(failure.problem()).contains("data/_changelake/batches/notes.json");
  }

  @Test
  void damagedManifestIsNamed() {
    // given
    String path = "data/_changelake/batches/00000010.2020-06-24.json";
    files.tamper(path, new byte[0]);
    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, () -> batches.last());
    // then
    assertThat(failure.problem()).isEqualTo("The file " + path + " is damaged.");
  }

  private Optional<String> asOf(String date) {
    return batches.asOf(LocalDate.parse(date)).map(BatchesTest::id);
  }

  private Optional<String> at(String moment) {
    return batches.asOf(Instant.parse(moment)).map(BatchesTest::id);
  }

  private Optional<String> firstFrom(String date) {
    return batches.firstFrom(LocalDate.parse(date)).map(BatchesTest::id);
  }

  private static String id(Manifest manifest) {
    return manifest.batch().text();
  }
}
