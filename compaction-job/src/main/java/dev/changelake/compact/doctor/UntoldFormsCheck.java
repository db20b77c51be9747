package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.doctor.SampledRecord.Part;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values without a schema that leave open what they are. */
final class UntoldFormsCheck implements Check {
  /** No base64 has a point or a minus. */
  private static final Pattern PLAIN_DECIMAL = Pattern.compile("-\\d+(\\.\\d+)?|\\d+\\.\\d+");

  private static final HazardKind NUMBERS =
      error(
          "untold_numbers",
          "Without a schema a number of a time or a local timestamp has no unit, milliseconds or"
              + " microseconds: it is quarantined.",
          "Set schemas.enable=true for key and value converter, or time.precision.mode=isostring.");
  private static final HazardKind TEXTS =
      error(
          "untold_decimals",
          "Without a schema text of a decimal is read as base64: some of it is quarantined, and digits"
              + " alone, such as 1234, become another number.",
          "Set schemas.enable=true for key and value converter, or decimal.handling.mode=precise.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(NUMBERS, TEXTS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    return Stream.of(
            find(
                sample,
                NUMBERS,
                kind -> kind == Kind.TIME || kind == Kind.TIMESTAMP_NTZ,
                JsonNode::isNumber),
            find(
                sample,
                TEXTS,
                kind -> kind == Kind.DECIMAL,
                node -> node.isTextual() && PLAIN_DECIMAL.matcher(node.textValue()).matches()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Hazard> find(
      TopicSample sample, HazardKind kind, Predicate<Kind> type, Predicate<JsonNode> form) {
    List<Column> columns =
        sample.contract().messageColumns().stream()
            .filter(column -> type.test(column.type().kind()))
            .toList();
    Set<String> names = new TreeSet<>();
    List<SampledRecord> found =
        sample.records(
            record -> {
              if (record.value().map(Part::hasSchema).orElse(true)) {
                return false;
              }
              List<String> untold =
                  columns.stream()
                      .map(Column::name)
                      .filter(name -> form.test(record.after().path(name)))
                      .toList();
              names.addAll(untold);
              return !untold.isEmpty();
            });
    return kind.in(sample, found, "have them: " + String.join(", ", names), names);
  }
}
