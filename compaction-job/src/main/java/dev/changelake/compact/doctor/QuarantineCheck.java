package dev.changelake.compact.doctor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.changelake.envelope.QuarantineReason;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records that a batch would quarantine: the decoder's own verdict. */
final class QuarantineCheck implements Check {
  private static final int DETAILS_SHOWN = 3;

  private static final String WHY =
      "A batch quarantines such a record: its change is missing in the table, and more of them than"
          + " agreed stop the batch.";

  private static final Map<QuarantineReason, HazardKind> KINDS =
      new EnumMap<>(QuarantineReason.class);

  static {
    Arrays.stream(QuarantineReason.values())
        // Whose rows a topic holds is SourceCheck's question.
        .filter(reason -> reason != QuarantineReason.OTHER_SOURCE)
        .filter(reason -> reason != QuarantineReason.SOURCE_CONFLICT)
        .forEach(reason -> KINDS.put(reason, HazardKind.error(reason.code(), WHY, remedy(reason))));
  }

  @Override
  public List<HazardKind> kinds() {
    return List.copyOf(KINDS.values());
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    Map<String, List<SampledRecord>> byCode =
        sample.records(record -> record.decoded().status() == RecordStatus.QUARANTINED).stream()
            .collect(groupingBy(record -> code(record.decoded().reason())));
    List<Hazard> found = new ArrayList<>();
    for (HazardKind kind : KINDS.values()) {
      List<SampledRecord> records = byCode.getOrDefault(kind.code(), List.of());
      kind.in(sample, records, "would be quarantined: " + details(records)).ifPresent(found::add);
    }
    return found;
  }

  private static String code(String reason) {
    return reason.split(":", 2)[0];
  }

  /** The most frequent reasons in full, each with a count and an example. */
  private static String details(List<SampledRecord> records) {
    Map<String, List<SampledRecord>> byReason =
        records.stream()
            .collect(
                groupingBy(
                    record -> record.decoded().reason().replaceFirst(QuarantineReason.PLACE, ""),
                    LinkedHashMap::new,
                    toList()));
    String shown =
        byReason.entrySet().stream()
            .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
            .limit(DETAILS_SHOWN)
            .map(
                entry ->
                    "%s (%d, %s)"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().size(),
                            entry.getValue().get(0).position()))
            .collect(joining("; "));
    int more = byReason.size() - DETAILS_SHOWN;
    return more > 0 ? shown + "; and %d more reasons".formatted(more) : shown;
  }

  private static String remedy(QuarantineReason reason) {
    return switch (reason) {
      case MISSING_KEY ->
          "Give the table a primary key, or name the key's columns in message.key.columns.";
      case UNDECODABLE_KEY ->
          "Make the contract's key that of the records (see key_columns), with Kafka Connect's JSON"
              + " converter as key.converter.";
      case UNDECODABLE_VALUE ->
          "Let Debezium write the topic, with Kafka Connect's JSON converter.";
      case WRONG_FORM ->
          "Give the contract the form that the connector writes, \"envelope\" or \"flattened\"; rows alone"
              + " come from ExtractNewRecordState.";
      case UNKNOWN_OPERATION -> "Find out who writes the topic beside Debezium.";
      case OPERATION_NOT_ALLOWED ->
          "A table that is updated, deleted from or truncated needs mode merge.";
      case FOREIGN_TABLE ->
          "Route each table to a topic of its own, and give each topic a contract.";
      case WRONG_IMAGE -> "Find out which transform changes before and after, and take it out.";
      case KEY_MISMATCH ->
          "Check message.key.columns and transforms of keys: key and row must tell the same row.";
      case MISSING_COLUMN ->
          "If the source renamed the column, give it an alias in the contract; if it dropped it, let"
              + " it be nullable and omittable there; else check the connector's column.include.list.";
      case UNKNOWN_COLUMN -> "Add the columns to the contract, or leave them out at the source.";
      case NULL_IN_REQUIRED_COLUMN ->
          "Make the column nullable in the contract, or let the source send it.";
      case DECIMAL_OVERFLOW -> "Give the column more digits in the contract.";
      case TYPE_MISMATCH ->
          "Give the column the source's type in the contract, or set the mode that docs/debezium.md"
              + " names for it; schemas.enable=true tells most forms.";
      case SPECIAL_VALUE ->
          "Keep infinity and NaN out of the column, or make it a double or a string.";
      case UNAVAILABLE_VALUE ->
          "ALTER TABLE ... REPLICA IDENTITY FULL, or add Debezium's ReselectColumnsPostProcessor to the"
              + " connector.";
      case BROKEN_LINE -> "Let the server write the format that the contract names.";
      case OTHER_SOURCE, SOURCE_CONFLICT ->
          throw new IllegalArgumentException("No check of its own has the reason");
    };
  }
}
