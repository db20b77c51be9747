package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether one connector writes one table's changes into the topic. */
final class SourceCheck implements Check {
  private static final HazardKind SOURCES =
      error(
          "several_sources",
          "Positions of different logs cannot be compared: changes of one source are taken for replays"
              + " of the other, and rows of the same key replace each other.",
          "Give each connector a topic.prefix of its own, and each topic a contract.");
  private static final HazardKind TABLES =
      error(
          "several_tables",
          "Rows of one table are quarantined as another source's or a foreign table's; a first batch that"
              + " holds several sources stops.",
          "Say in the contract's \"source\" whose rows the topic holds, or route each table to its own"
              + " topic; for a partitioned table set publish.via.partition.root=true, so that all rows come under its name.");
  private static final HazardKind VERSIONS =
      info(
          "several_versions",
          "The connector was updated; forms of values can change with it.",
          "Nothing, if nothing else is found.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(SOURCES, TABLES, VERSIONS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    List<SampledRecord> changes = sample.changes();
    Function<SampledRecord, String> source =
        record -> "%s.%s".formatted(text(record, "name"), text(record, "db"));
    Function<SampledRecord, String> table =
        record -> "%s.%s".formatted(text(record, "schema"), text(record, "table"));
    tell(sample, SOURCES, changes, source, found);
    tell(sample, TABLES, changes, table, found);
    tell(sample, VERSIONS, changes, record -> text(record, "version"), found);
    return found;
  }

  /** The texts that a field of the source block has. */
  static Set<String> texts(List<SampledRecord> records, String field) {
    Set<String> texts = new TreeSet<>();
    records.forEach(record -> texts.add(text(record, field)));
    return texts;
  }

  private static String text(SampledRecord record, String field) {
    return record.source().path(field).asText();
  }

  /** Tells of all records that differ from the first. */
  private static void tell(
      TopicSample sample,
      HazardKind kind,
      List<SampledRecord> changes,
      Function<SampledRecord, String> origin,
      List<Hazard> found) {
    if (changes.isEmpty()) {
      return;
    }
    String first = origin.apply(changes.get(0));
    Set<String> all = new TreeSet<>();
    changes.forEach(record -> all.add(origin.apply(record)));
    kind.in(
            sample,
            changes.stream().filter(record -> !origin.apply(record).equals(first)).toList(),
            "come from elsewhere than the first; there are " + Names.list(Names.shown(all)),
            Names.shown(all))
        .ifPresent(found::add);
  }
}
