package dev.changelake.compact.merge;

import dev.changelake.compact.fold.Fold;
import dev.changelake.compact.order.Place;
import dev.changelake.compact.plan.OrderDecision;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.stream.Collectors;

/** Records whose order no rule knows stop a batch until somebody decides. */
final class OrderErrors {
  private OrderErrors() {}

  static void requireOrdered(String table, Fold fold, OrderDecision decision, String batch) {
    if (!fold.fallenBack().isEmpty()) {
      throw fellBack(table, fold.counts().fellBack(), fold.fallenBack(), batch);
    }
    List<Place> open =
        fold.undecided().stream()
            .filter(place -> !decision.undecided().contains(place.topic()))
            .toList();
    if (!open.isEmpty()) {
      throw undecided(table, fold.counts().undecided(), open, batch);
    }
  }

  private static ChangelakeException fellBack(
      String table, long records, List<Place> first, String batch) {
    return new ChangelakeException(
            ErrorCategory.DATA,
            "%d records of %s have a lower log position than a record of their key before them, and"
                    .formatted(records, table)
                + " committed later.",
            "Either the source was restored or failed over, and its positions count anew, or its clock"
                + " was set back and they are old records that were sent again. The first are %s."
                    .formatted(text(first)),
            "If the positions count anew, run `%s%s`. If the records are old, run `%s%s`. Then run the"
                    .formatted(
                        revise(batch),
                        first.stream()
                            .map(place -> " --accept-lsn-restart " + text(place))
                            .collect(Collectors.joining()),
                        revise(batch),
                        topics(first, "--accept-replays"))
                + " batch again.")
        .notRetryable();
  }

  private static ChangelakeException undecided(
      String table, long records, List<Place> first, String batch) {
    return new ChangelakeException(
            ErrorCategory.DATA,
            "Nothing decides the order of %d records of %s.".formatted(records, table),
            "Their keys have records in several partitions of the topic, some of them without a log"
                + " position. The first are %s.".formatted(text(first)),
            "To leave them out, run `%s%s`, then the batch again; have the source read these rows once"
                    .formatted(revise(batch), topics(first, "--accept-undecided"))
                + " more (an incremental snapshot), which a later batch takes.")
        .notRetryable();
  }

  private static String topics(List<Place> places, String option) {
    return places.stream()
        .map(Place::topic)
        .distinct()
        .map(topic -> " %s %s".formatted(option, topic))
        .collect(Collectors.joining());
  }

  private static String revise(String batch) {
    return "bin/changelake compact revise --batch %s --by <who> --why <reason>".formatted(batch);
  }

  private static String text(List<Place> places) {
    return places.stream().map(OrderErrors::text).collect(Collectors.joining(", "));
  }

  private static String text(Place place) {
    return "%s:%d:%d".formatted(place.topic(), place.partition(), place.offset());
  }
}
