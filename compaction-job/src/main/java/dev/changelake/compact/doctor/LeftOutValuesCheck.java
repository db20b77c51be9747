package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.changelake.contract.Column;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Values that the source left out because they did not change (TOAST). */
final class LeftOutValuesCheck implements Check {
  private static final String REMEDY =
      "ALTER TABLE ... REPLICA IDENTITY FULL, or add Debezium's ReselectColumnsPostProcessor to the"
          + " connector.";
  private static final HazardKind LEFT_OUT =
      info(
          "left_out_values",
          "A batch fills in what the row was before. In a topic that does not begin with a snapshot a row"
              + " may be missing, and then the value is not known.",
          "Nothing, if the topic begins with a snapshot. Else " + REMEDY);
  private static final HazardKind UNKNOWN =
      warning(
          "unknown_values",
          "No earlier record of the key tells the value; the insert that a changed key becomes had it under"
              + " the other key. The contract's unavailable decides whether such a change is not applied"
              + " or has null there.",
          REMEDY);

  @Override
  public List<HazardKind> kinds() {
    return List.of(LEFT_OUT, UNKNOWN);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<SampledRecord> rows =
        sample.records(
            record ->
                record.decoded().status() == RecordStatus.CHANGE
                    && record.decoded().after() != null);
    Map<List<Object>, Set<Integer>> partitions =
        rows.stream()
            .collect(
                groupingBy(LeftOutValuesCheck::key, mapping(SampledRecord::partition, toSet())));
    Map<List<Object>, Set<String>> told = new HashMap<>();
    List<SampledRecord> filled = new ArrayList<>();
    List<SampledRecord> unknown = new ArrayList<>();
    for (SampledRecord record : rows) {
      List<String> leftOut = record.decoded().unavailable();
      Set<String> known = told.computeIfAbsent(key(record), none -> new HashSet<>());
      boolean allIsThere = isOfBeginning(sample, record) && partitions.get(key(record)).size() == 1;
      if (!leftOut.isEmpty()) {
        boolean missing = allIsThere && !known.containsAll(leftOut);
        (record.hasOp("c") || missing ? unknown : filled).add(record);
      }
      sample.contract().columns().stream()
          .map(Column::name)
          .filter(column -> !leftOut.contains(column))
          .forEach(known::add);
    }
    return Stream.of(hazard(LEFT_OUT, sample, filled), hazard(UNKNOWN, sample, unknown))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Object> key(SampledRecord record) {
    return Arrays.asList(record.decoded().key());
  }

  /** Whether everything before it in its partition was read, and no batch has rows already. */
  private static boolean isOfBeginning(TopicSample sample, SampledRecord record) {
    return sample.landed().isEmpty()
        && sample.read().stream()
            .anyMatch(
                range ->
                    range.partition() == record.partition()
                        && range.start() == 0
                        && record.offset() < range.end());
  }

  private static Optional<Hazard> hazard(
      HazardKind kind, TopicSample sample, List<SampledRecord> found) {
    Set<String> columns = new TreeSet<>();
    found.forEach(record -> columns.addAll(record.decoded().unavailable()));
    return kind.in(sample, found, "leave out " + String.join(", ", columns), columns);
  }
}
