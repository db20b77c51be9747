package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.RecordForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows alone, as a real Debezium left them, beside what the database itself said. */
class FlattenedCorpusTest {
  private static final Corpus CORPUS = new Corpus();
  private static final Set<String> TABLES = Set.of("numbers", "large");

  private final Map<String, EnvelopeDecoder> decoders = new HashMap<>();

  @ParameterizedTest
  @ValueSource(
      strings = {"drop", "tombstone", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone"})
  void everyCellIsTheDatabasesOwnOrRefusedOrKnownToBeLost(String handling) {
    // given
    Map<String, Integer> verdicts = new TreeMap<>();

    // when
    walk(
        handling,
        (step, record) -> {
          boolean deletes = "true".equals(added(record, "deleted"));
          if (record.isMessage() || isNull(record) || deletes && !CORPUS.hasFullBefores(step)) {
            return;
          }
          Map<String, String> row = CORPUS.row(deletes ? step - 1 : step, record);
          for (Map.Entry<String, String> type : CORPUS.types(record.table()).entrySet()) {
            for (String contractType : contractTypes(handling, type)) {
              verdicts.merge(
                  verdict(handling, record, type, contractType, row.get(type.getKey())),
                  1,
                  Integer::sum);
            }
          }
        });

    // then
    assertThat(verdicts)
        .containsOnlyKeys(
            "exact",
            "left out",
            "lost: null: the connector has no placeholder for such a large value",
            "lost: null: the connector has no such decimal",
            "refused: decimal_overflow: c_numeric does not fit decimal(38,10)",
            "refused: type_mismatch: c_numeric is not exactly a decimal(38,10) (sent as"
                + " io.debezium.data.VariableScaleDecimal)",
            "refused: type_mismatch: c_numeric_5_minus_2 is not exactly a decimal(7,0) (sent as"
                + " org.apache.kafka.connect.data.Decimal)");
    assertThat(verdicts.get("exact")).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "drop, -",
    "tombstone, tombstone",
    "rewrite, d",
    "rewrite-with-tombstone, d tombstone",
    "delete-to-tombstone, tombstone"
  })
  void everyChangedRowArrivesAndDeletesAsTheyAreHandled(String handling, String deletes) {
    // given
    List<Set<String>> arrived = new ArrayList<>();
    Map<String, String> deleted = new TreeMap<>();

    // when
    walk(
        handling,
        (step, record) -> {
          while (arrived.size() <= step) {
            arrived.add(new TreeSet<>());
          }
          DecodedRecord decoded = decodeKeyAlone(record);
          assertThat(decoded.status()).as(decoded.reason()).isNotEqualTo(RecordStatus.QUARANTINED);
          if (record.isMessage()) {
            assertThat(decoded.control()).isEqualTo(ControlKind.MESSAGE);
            return;
          }
          String row = record.table() + "/" + record.id();
          assertThat(decoded.key()).containsExactly(Long.valueOf(record.id()));
          if (decoded.after() != null) {
            arrived.get(step).add("after " + row);
          } else {
            arrived.get(step).add("delete " + row);
            String how = isNull(record) ? decoded.status().code() : decoded.op();
            deleted.merge(step + " " + row, how, (first, next) -> first + " " + next);
          }
          if (!isNull(record)) {
            assertThat(decoded.op()).isEqualTo(added(record, "op"));
            assertThat(decoded.lsn()).hasToString(record.row().get("__lsn"));
            assertThat(decoded.sourceTsMs()).hasToString(record.row().get("__source_ts_ms"));
          }
        });

    // then
    for (int step = 0; step < arrived.size(); step++) {
      Set<String> expected = CORPUS.expectedIn(step, TABLES);
      expected.removeIf(row -> deletes.equals("-") && row.startsWith("delete "));
      assertThat(arrived.get(step)).as("step %d", step).containsAll(expected);
    }
    assertThat(Set.copyOf(deleted.values()))
        .isEqualTo(deletes.equals("-") ? Set.of() : Set.of(deletes));
  }

  /** Takes a record and the step that it is of. */
  private interface StepConsumer {
    void accept(int step, CorpusRecord record);
  }

  private static void walk(String handling, StepConsumer consumer) {
    int step = 1;
    for (CorpusRecord record : Corpus.records("flattened-" + handling)) {
      consumer.accept("r".equals(added(record, "op")) ? 0 : step, record);
      step += record.endsStep() ? 1 : 0;
    }
  }

  private static List<String> contractTypes(String handling, Map.Entry<String, String> type) {
    return type.getKey().equals("id")
        ? List.of()
        : CorpusCells.contractTypes(type.getValue(), CORPUS.modes().get("flattened-" + handling));
  }

  private String verdict(
      String handling,
      CorpusRecord record,
      Map.Entry<String, String> type,
      String contractType,
      String text) {
    Column column = WireValues.column(type.getKey(), contractType, true);
    DecodedRecord decoded =
        decoders
            .computeIfAbsent(
                record.table() + type.getKey() + contractType,
                none ->
                    new EnvelopeDecoder(
                        CorpusVerdicts.contract(RecordForm.FLATTENED, record.table(), column)))
            .decode(record.key(), record.narrowedRow(type.getKey()));
    if (decoded.status() == RecordStatus.QUARANTINED) {
      return "refused: " + decoded.reason();
    }
    if (decoded.unavailable().contains(type.getKey())) {
      return "left out";
    }
    boolean deletes = decoded.after() == null;
    CorpusCell cell =
        new CorpusCell(
            CORPUS.modes().get("flattened-" + handling),
            decoded.op(),
            deletes ? "before" : "after",
            type.getValue(),
            column.type(),
            text);
    Object said =
        CorpusCells.said(
            type.getValue(), cell.mode(), (deletes ? decoded.before() : decoded.after())[1]);
    if (Objects.equals(said, cell.meant())) {
      return "exact";
    }
    return CorpusLoss.of(cell, said).map(loss -> "lost: " + loss.reason()).orElse("different");
  }

  private DecodedRecord decodeKeyAlone(CorpusRecord record) {
    String table = record.isMessage() ? "numbers" : record.table();
    return decoders
        .computeIfAbsent(
            table,
            none -> new EnvelopeDecoder(CorpusVerdicts.contract(RecordForm.FLATTENED, table)))
        .decode(
            record.key(),
            record.isMessage() || isNull(record) ? record.value() : record.narrowedRow("id"));
  }

  /** Whether there is no row: no value at all, or a null of JSON. */
  private static boolean isNull(CorpusRecord record) {
    return record.row().isEmpty();
  }

  /** What was added to the row, as text. */
  private static String added(CorpusRecord record, String name) {
    String json = record.row().get("__" + name);
    return json == null ? null : RawJson.text(json);
  }
}
