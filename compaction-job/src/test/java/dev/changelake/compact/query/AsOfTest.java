package dev.changelake.compact.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTest {
  private final Batches batches = new Batches(new InMemoryLakeFiles());
  private final AsOf asOf = new AsOf(batches);

  @ParameterizedTest
  @CsvSource({
    ",                              2020-06-24",
    "init,                          init",
    "2020-06-22,                    2020-06-22",
    "2020-06-22.companies,          2020-06-22.companies",
    "2020-06-23,                    2020-06-22.companies",
    "2020-06-23T01:00:00Z,          2020-06-22",
    "2020-06-23T03:00:00+02:00,     2020-06-22",
    "2020-06-23T02:59:59.999+02:00, init"
  })
  void findsWhatPeopleMean(String text, String batch) {
    // given
    someBatches();
    // when
    String found = asOf.find(Optional.ofNullable(text)).batch().text();
    // then
    assertThat(found).isEqualTo(batch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2020-06-19", "2020-06-21T00:59:59Z", "2020-06-22T12:00:00", "yesterday", "a/b"})
  void tellsWhatItDoesNotKnow(String text) {
    // given
    someBatches();
    // when
    ChangelakeException unknown =
        catchThrowableOfType(ChangelakeException.class, () -> asOf.find(Optional.of(text)));
    // then
    assertThat(unknown.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(unknown.problem()).isEqualTo("There is no batch as of " + text + ".");
  }

  @Test
  void tellsThatALakeIsNew() {
    // when
    ChangelakeException unknown =
        catchThrowableOfType(ChangelakeException.class, () -> asOf.find(Optional.empty()));
    // then
    assertThat(unknown.problem()).isEqualTo("The lake has no batch yet.");
  }

  private void someBatches() {
    batches.add(Manifests.of(1, "init", "2020-06-20", "2020-06-21T01:00:00Z"));
    batches.add(Manifests.of(2, "2020-06-22", "2020-06-22", "2020-06-23T01:00:00Z"));
    batches.add(Manifests.of(3, "2020-06-22.companies", "2020-06-22", "2020-06-23T02:00:00Z"));
    batches.add(Manifests.of(4, "2020-06-24", "2020-06-24", "2020-06-25T01:00:00Z"));
  }
}
