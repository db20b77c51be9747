package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.contract.RecordForm;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a topic that has rows alone, as its contract says, does not tell of them. */
final class FlattenedCheck implements Check {
  private static final String PREFIX = "__";

  /** What {@code add.fields} should add, each with another name for it. */
  private static final Map<String, String> WANTED =
      Map.of(
          "__op", "__op",
          "__lsn", "__source_lsn",
          "__source_ts_ms", "__source_ts_ms",
          "__table", "__source_table");

  private static final HazardKind FORM =
      info(
          "flattened_form",
          "The contract says that the topic has rows alone: truncates never come, and deletes only as"
              + " delete.tombstone.handling.mode lets them.",
          "Nothing, or envelopes in a new topic.");
  private static final HazardKind FIELDS =
      warning(
          "flattened_fields",
          "Without __op a value that was left out is not known, and nothing of an append table is"
              + " applied; without __lsn a replay cannot be told from news, nor several partitions be"
              + " ordered; without __source_ts_ms a source that fell back is not noticed, without __table"
              + " a foreign row.",
          "Set add.fields=op,lsn,source.ts_ms,table in ExtractNewRecordState.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(FORM, FIELDS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    if (sample.contract().form() == RecordForm.FLATTENED) {
      List<SampledRecord> rows = sample.records(FlattenedCheck::isRow);
      List<String> added = Names.shown(added(rows));
      FORM.in(
              sample,
              rows,
              "are rows alone, as the contract says; added are "
                  + (added.isEmpty() ? "no fields" : Names.list(added)),
              added)
          .ifPresent(found::add);
      List<SampledRecord> incomplete =
          rows.stream().filter(record -> !missing(record).isEmpty()).toList();
      Set<String> missing = new TreeSet<>();
      incomplete.forEach(record -> missing.addAll(missing(record)));
      FIELDS
          .in(sample, incomplete, "lack " + String.join(", ", missing), missing)
          .ifPresent(found::add);
    }
    return found;
  }

  /** Whether a record of such a topic is a row, and not refused. */
  static boolean isRow(SampledRecord record) {
    return record.decoded().status() == RecordStatus.CHANGE;
  }

  /** The fields that were added to the rows. */
  static Set<String> added(Collection<SampledRecord> records) {
    Set<String> added = new TreeSet<>();
    for (SampledRecord record : records) {
      record.payload().fieldNames().forEachRemaining(added::add);
    }
    added.removeIf(name -> !name.startsWith(PREFIX));
    return added;
  }

  private static Set<String> missing(SampledRecord record) {
    Set<String> missing = new TreeSet<>();
    WANTED.forEach(
        (name, other) -> {
          if (!record.payload().has(name) && !record.payload().has(other)) {
            missing.add(name);
          }
        });
    return missing;
  }
}
