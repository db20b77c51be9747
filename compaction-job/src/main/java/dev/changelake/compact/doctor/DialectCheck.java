package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.compact.doctor.SampledRecord.Part;
import dev.changelake.contract.RecordForm;
import dev.changelake.envelope.RecordStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether all records speak one dialect: the contract's form, with or without inline schemas. */
final class DialectCheck implements Check {
  private static final HazardKind FLATTENED =
      error(
          "flattened_records",
          "ExtractNewRecordState took the envelope away, with operation, position and the row before; the"
              + " contract knows nothing of that, and nothing is applied.",
          "Take the transform out of the connector, which loses least; or give the contract the form"
              + " flattened, and the transform add.fields=op,lsn,source.ts_ms,table.");
  private static final HazardKind MIXED_FORMS =
      error(
          "mixed_forms",
          "A topic of envelopes and of flattened rows has had two connectors, or two settings: what is not"
              + " of the contract's form is not applied.",
          "Let one connector write the topic, in one form; after a change of form begin a new topic with"
              + " a snapshot.");
  private static final HazardKind MIXED_SCHEMAS =
      warning(
          "mixed_schemas",
          "The same key has other bytes with its schema and so goes to another partition; and without"
              + " schemas fewer values can be told.",
          "Set schemas.enable once for key and value, to true, and leave it.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(FLATTENED, MIXED_FORMS, MIXED_SCHEMAS);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    if (sample.contract().form() == RecordForm.FLATTENED) {
      envelopes(sample).ifPresent(found::add);
    } else {
      flattened(sample, found);
    }
    List<SampledRecord> with = sample.records(record -> hasSchema(record, true));
    List<SampledRecord> without = sample.records(record -> hasSchema(record, false));
    if (!with.isEmpty()) {
      MIXED_SCHEMAS
          .in(
              sample,
              without,
              "have a key or a value without a schema, and %d one with it".formatted(with.size()))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Hazard> envelopes(TopicSample sample) {
    boolean rows = !sample.records(FlattenedCheck::isRow).isEmpty();
    return rows
        ? MIXED_FORMS.in(sample, sample.changes(), "are envelopes, and others are rows alone")
        : Optional.empty();
  }

  private static void flattened(TopicSample sample, List<Hazard> found) {
    List<SampledRecord> flattened = sample.records(DialectCheck::isFlattened);
    List<String> shown = Names.shown(FlattenedCheck.added(flattened));
    FLATTENED
        .in(
            sample,
            flattened,
            "are rows without an envelope"
                + (shown.isEmpty() ? "" : "; added are " + Names.list(shown)),
            shown)
        .ifPresent(found::add);
    if (!sample.changes().isEmpty()) {
      MIXED_FORMS
          .in(sample, flattened, "are rows without an envelope, and others have one")
          .ifPresent(found::add);
    }
  }

  private static boolean isFlattened(SampledRecord record) {
    return record.payload().isObject()
        && !record.payload().has("op")
        && !record.payload().has("source")
        && record.decoded().status() == RecordStatus.QUARANTINED;
  }

  private static boolean hasSchema(SampledRecord record, boolean wanted) {
    return record.key().filter(part -> has(part, wanted)).isPresent()
        || record.value().filter(part -> has(part, wanted)).isPresent();
  }

  private static boolean has(Part part, boolean wanted) {
    return part.payload().isObject() && part.hasSchema() == wanted;
  }
}
