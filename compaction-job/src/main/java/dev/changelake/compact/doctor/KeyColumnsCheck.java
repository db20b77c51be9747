package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether keys have the contract's columns. */
final class KeyColumnsCheck implements Check {
  private static final HazardKind COLUMNS =
      error(
          "key_columns",
          "A record's key says which row it is about; one of other columns is quarantined.",
          "Correct the contract's key, or the connector's message.key.columns; REPLICA IDENTITY FULL or"
              + " USING INDEX can add columns too.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(COLUMNS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    Set<String> wanted =
        sample.contract().keyColumns().stream().map(Column::sourceName).collect(Collectors.toSet());
    List<SampledRecord> others =
        sample.records(
            record ->
                record.keyPayload().isObject()
                    && !record.hasOp("m")
                    && !names(record.keyPayload()).equals(wanted));
    Set<String> differing = new TreeSet<>();
    for (SampledRecord record : others) {
      Set<String> names = names(record.keyPayload());
      names.stream().filter(name -> !wanted.contains(name)).forEach(differing::add);
      wanted.stream().filter(name -> !names.contains(name)).forEach(differing::add);
    }
    List<String> shown = Names.shown(differing);
    return COLUMNS
        .in(
            sample,
            others,
            "have a key of other columns than %s; differing: %s"
                .formatted(sample.contract().key(), Names.list(shown)),
            shown)
        .stream()
        .toList();
  }

  private static Set<String> names(JsonNode payload) {
    Set<String> names = new TreeSet<>();
    payload.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
