package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.warning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Columns that rows lack, and columns whose nulls do not come as nulls. */
final class ColumnsCheck implements Check {
  private static final HazardKind ABSENT =
      warning(
          "absent_columns",
          "No row has these columns, which the contract lets messages lack: they are null in the table,"
              + " which looks like a source without values.",
          "Check the names, the connector's column.include.list and the publication's columns; let a"
              + " column not be omittable that the source has.");
  private static final HazardKind DEFAULTS =
      warning(
          "null_defaults",
          "Where a nullable column has a default, Kafka Connect's JSON converter sends the default for"
              + " null, unless it is told otherwise; a row does not tell.",
          "Set replace.null.with.default=false for key and value converter"
              + " (value.converter.replace.null.with.default), then read the table anew by a snapshot.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(ABSENT, DEFAULTS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    List<SampledRecord> rows = sample.records(record -> record.after().isObject());
    List<String> absent =
        sample.contract().messageColumns().stream()
            .filter(Column::omittable)
            .filter(column -> rows.stream().noneMatch(row -> has(row.after(), column)))
            .map(Column::name)
            .toList();
    if (!rows.isEmpty() && !absent.isEmpty()) {
      found.add(
          ABSENT.of(
              sample, "none of %d rows has %s".formatted(rows.size(), Names.list(absent)), absent));
    }
    Set<String> replaced = new TreeSet<>();
    List<SampledRecord> with =
        sample.records(
            record -> {
              List<String> names = withDefault(record);
              replaced.addAll(names);
              return !names.isEmpty();
            });
    List<String> shown = Names.shown(replaced);
    DEFAULTS
        .in(sample, with, "have a schema with a default of %s".formatted(Names.list(shown)), shown)
        .ifPresent(found::add);
    return found;
  }

  private static boolean has(JsonNode row, Column column) {
    return row.has(column.nameIn(row::has));
  }

  private static List<String> withDefault(SampledRecord record) {
    List<String> names = new ArrayList<>();
    record
        .columnSchemas()
        .forEach(
            (name, schema) -> {
              JsonNode value = schema.path("default");
              if (schema.path("optional").asBoolean()
                  && !value.isMissingNode()
                  && !value.isNull()) {
                names.add(name);
              }
            });
    return names;
  }
}
