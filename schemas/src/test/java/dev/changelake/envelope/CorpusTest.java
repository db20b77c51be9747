package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real PostgreSQL and Debezium sent, beside what the database itself said. */
class CorpusTest {
  private static final Path EXPECTED = Path.of("src/test/resources/corpus/verdicts.tsv");
  private static final Path FOUND = Path.of("target/verdicts.tsv");
  private static final Corpus CORPUS = new Corpus();

  static Stream<String> modes() {
    return modes(false);
  }

  static Stream<String> flattenedModes() {
    return modes(true);
  }

  private static Stream<String> modes(boolean flattened) {
    return CORPUS.modes().entrySet().stream()
        .filter(mode -> Corpus.isFlattened(mode.getValue()) == flattened)
        .map(Map.Entry::getKey);
  }

  @Test
  void everyCellIsTheDatabasesOwnOrRefusedOrKnownToBeLost() throws IOException {
    // when
    CorpusVerdicts verdicts = new CorpusVerdicts(CORPUS);
    modes().forEach(verdicts::add);

    // then
    List<String> lines = verdicts.lines();
    Files.write(FOUND, lines);
    assertThat(lines).noneMatch(line -> line.contains("\tdifferent\t"));
    assertThat(lines)
        .as("%s; if it is right, copy it to %s", FOUND, EXPECTED)
        .isEqualTo(Files.readAllLines(EXPECTED));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyChangedRowArrives(String mode) {
    // given
    Set<String> tables = tables(mode);
    List<List<CorpusRecord>> records = CORPUS.recordsOfSteps(mode);

    for (int step = 0; step < records.size(); step++) {
      // when
      Set<String> arrived = new TreeSet<>();
      for (CorpusRecord record : records.get(step)) {
        if (record.isChange()) {
          String kind = record.operation().equals("d") ? "delete " : "after ";
          arrived.add(kind + record.table() + "/" + record.id());
        }
      }

      // then
      assertThat(arrived).as("step %d", step).containsAll(CORPUS.expectedIn(step, tables));
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void otherRecordsAreWhatTheyAre(String mode) {
    // given
    CorpusRecord last = null;

    for (CorpusRecord record : Corpus.records(mode)) {
      if (!record.isChange()) {
        // when
        DecodedRecord decoded =
            new EnvelopeDecoder(CorpusVerdicts.contract(record.table()))
                .decode(record.key(), record.value());

        // then
        if (record.isMessage()) {
          assertThat(decoded.status()).as(decoded.reason()).isEqualTo(RecordStatus.CONTROL);
        } else if (record.isTombstone()) {
          assertThat(decoded.status()).as(decoded.reason()).isEqualTo(RecordStatus.TOMBSTONE);
          assertThat(last.operation()).isEqualTo("d");
          assertThat(record.key()).isEqualTo(last.key());
        } else {
          assertThat(record.operation()).isEqualTo("t");
          assertThat(decoded.status()).as(decoded.reason()).isEqualTo(RecordStatus.TRUNCATE);
        }
      }
      last = record;
    }
  }

  @ParameterizedTest
  @MethodSource("flattenedModes")
  void aRowWithoutAnEnvelopeIsRefused(String mode) {
    // given
    EnvelopeDecoder decoder = new EnvelopeDecoder(CorpusVerdicts.contract("numbers"));

    // when
    Set<String> reasons =
        Corpus.records(mode).stream()
            .filter(record -> !record.isMessage() && !record.isTombstone())
            .map(record -> decoder.decode(record.key(), record.value()).reason())
            .collect(Collectors.toSet());

    // then
    String wrongForm = "wrong_form: a row alone in a topic whose contract has the form envelope";
    assertThat(reasons)
        .contains(wrongForm)
        .isSubsetOf(wrongForm, "undecodable_value: not an envelope with an op");
  }

  @Test
  void theListOfLossesIsTheDocuments() throws IOException {
    // when
    String document = Files.readString(Path.of("../docs/debezium.md"));

    // then
    for (CorpusLoss loss : CorpusLoss.values()) {
      assertThat(document).contains(loss.reason());
    }
  }

  private static Set<String> tables(String mode) {
    String list = CORPUS.modes().get(mode).get("table.include.list");
    return Set.of(list.substring(list.indexOf('(') + 1, list.indexOf(')')).split("\\|"));
  }
}
