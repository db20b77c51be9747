package dev.changelake.compact.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Finds columns of a contract by what inline schemas say of them. */
final class ColumnForms {
  private ColumnForms() {}

  /** The hazard of the columns whose schema is of that sort, if there are any. */
  static Optional<Hazard> find(
      TopicSample sample, HazardKind kind, BiPredicate<Column, JsonNode> sort) {
    Set<String> columns = new TreeSet<>();
    List<SampledRecord> found = new ArrayList<>();
    for (SampledRecord record : sample.records()) {
      boolean any = false;
      for (var entry : record.columnSchemas().entrySet()) {
        Optional<Column> column = sample.contract().column(entry.getKey());
        if (column.isPresent() && sort.test(column.get(), entry.getValue())) {
          any = true;
          columns.add(
              "%s (%s)"
                  .formatted(
                      entry.getKey(),
                      Names.list(Names.shown(List.of(SampledRecord.form(entry.getValue()))))));
        }
      }
      if (any) {
        found.add(record);
      }
    }
    return kind.in(
        sample,
        found,
        "have such a schema: " + String.join(", ", columns),
        columns.stream().map(column -> column.substring(0, column.indexOf(' '))).toList());
  }
}
