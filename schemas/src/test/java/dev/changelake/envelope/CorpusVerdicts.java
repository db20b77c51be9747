package dev.changelake.envelope;

import dev.changelake.contract.Column;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decodes each cell of the corpus by itself and says what became of it. */
final class CorpusVerdicts {
  /** A column of one table in one mode, read as one contract type. */
  private record Reading(String table, String column, String postgresType, String contractType) {}

  private record Reader(Column column, EnvelopeDecoder decoder) {
    static Reader of(Reading reading) {
      Column column = WireValues.column(reading.column, reading.contractType, true);
      return new Reader(column, new EnvelopeDecoder(contract(reading.table, column)));
    }
  }

  /** A cell as it came; most of them come alike in many modes. */
  private record Sent(
      Reading reading, String id, String operation, String image, String json, String schema) {}

  /** What a text means does not depend on the mode. */
  private record Meaning(Reading reading, String text) {}

  private static final int SHOWN = 48;

  private final Corpus corpus;
  private final Map<Reading, Reader> readers = new HashMap<>();
  private final Map<Sent, DecodedRecord> records = new HashMap<>();
  private final Map<Meaning, Object> meanings = new HashMap<>();

  /** By reading, verdict and values: the modes in which it is so. */
  private final Map<String, Set<String>> modesOfLine = new TreeMap<>();

  CorpusVerdicts(Corpus corpus) {
    this.corpus = corpus;
  }

  /** Adds what became of each cell of a mode. */
  void add(String mode) {
    Map<Reading, Map<String, List<String>>> cells = new LinkedHashMap<>();
    corpus.walk(
        mode,
        (record, image, sent, row) -> {
          for (Map.Entry<String, String> type : corpus.types(record.table()).entrySet()) {
            if (type.getKey().equals("id")) {
              continue;
            }
            for (String contractType :
                CorpusCells.contractTypes(type.getValue(), corpus.modes().get(mode))) {
              Reading reading =
                  new Reading(record.table(), type.getKey(), type.getValue(), contractType);
              String text = row.get(type.getKey());
              cells
                  .computeIfAbsent(reading, none -> new TreeMap<>())
                  .computeIfAbsent(
                      verdict(mode, record, image, sent, reading, text), none -> new ArrayList<>())
                  .add(text);
            }
          }
        });
    cells.forEach(
        (reading, verdicts) ->
            verdicts.forEach(
                (verdict, texts) ->
                    modesOfLine
                        .computeIfAbsent(line(reading, verdict, texts), none -> new TreeSet<>())
                        .add(mode)));
  }

  /** A line for each, in the order of tables and columns. */
  List<String> lines() {
    List<String> lines =
        new ArrayList<>(List.of("column\ttype\tcontract\tverdict\tcells\tvalues\tmodes"));
    modesOfLine.forEach((line, modes) -> lines.add(line + "\t" + String.join(" ", modes)));
    return lines;
  }

  private static String line(Reading reading, String verdict, List<String> texts) {
    Set<String> shown = new LinkedHashSet<>();
    if (!verdict.equals("exact")) {
      texts.forEach(text -> shown.add(shown(text)));
    }
    return String.join(
        "\t",
        reading.table + "." + reading.column,
        reading.postgresType,
        reading.contractType,
        verdict,
        String.valueOf(texts.size()),
        String.join(" ", shown));
  }

  private static String shown(String text) {
    if (text == null) {
      return "null";
    }
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    StringBuilder plain = new StringBuilder("‹");
    cut.chars().forEach(c -> plain.append(c < ' ' || c == 127 ? "\\u%04x".formatted(c) : (char) c));
    return plain.append('›').toString();
  }

  private String verdict(
      String mode,
      CorpusRecord record,
      String image,
      Map<String, String> sent,
      Reading reading,
      String text) {
    Reader reader = readers.computeIfAbsent(reading, Reader::of);
    DecodedRecord decoded =
        records.computeIfAbsent(
            new Sent(
                reading,
                record.id(),
                record.operation(),
                image,
                sent.get(reading.column),
                record.narrowedSchema(reading.column)),
            none ->
                reader.decoder.decode(record.key(), record.narrowed(image, sent, reading.column)));
    if (decoded.status() == RecordStatus.QUARANTINED) {
      return "refused: " + decoded.reason().split(":", 2)[0];
    }
    if (decoded.unavailable().contains(reading.column)) {
      return "left out";
    }
    Map<String, String> settings = corpus.modes().get(mode);
    CorpusCell cell =
        new CorpusCell(
            settings, record.operation(), image, reading.postgresType, reader.column.type(), text);
    Object said =
        CorpusCells.said(
            reading.postgresType,
            settings,
            (image.equals("before") ? decoded.before() : decoded.after())[1]);
    Object meant = meanings.computeIfAbsent(new Meaning(reading, text), none -> cell.meant());
    if (Objects.equals(said, meant)) {
      return "exact";
    }
    return CorpusLoss.of(cell, said).map(loss -> "lost: " + loss.reason()).orElse("different");
  }

  /** A contract of the key and these columns. */
  static TableContract contract(String table, Column... columns) {
    return contract(RecordForm.ENVELOPE, table, columns);
  }

  static TableContract contract(RecordForm form, String table, Column... columns) {
    List<Column> all = new ArrayList<>(List.of(WireValues.column("id", "bigint", false)));
    all.addAll(List.of(columns));
    return new TableContract(
        table,
        "corpus.public." + table,
        TableMode.MERGE,
        List.of("id"),
        all,
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        form,
        "",
        "corpus");
  }
}
