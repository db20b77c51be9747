package dev.changelake.compact.run;

import dev.changelake.compact.plan.Alignment;
import dev.changelake.compact.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people should know of a batch's end. */
final class AlignmentText {
  private AlignmentText() {}

  /**
   * What to know of it.
   *
   * @param asked whether the run was asked for a batch that ends between transactions
   */
  static List<String> of(Plan plan, boolean asked) {
    if (plan.alignment().isEmpty()) {
      return asked
          ? List.of(
              "the batch was frozen before without --align transactions: it ends where its topics"
                  + " stood, and a transaction may be torn")
          : List.of();
    }
    Alignment alignment = plan.alignment().get();
    List<String> said = new ArrayList<>();
    alignment
        .waitsFor()
        .ifPresent(
            waiting ->
                said.add(
                    "%s are left to the next batch, since transaction %s had not come whole: %s; if"
                            .formatted(
                                counts(alignment.left(), "offsets"),
                                waiting.transaction(),
                                whatIsMissing(waiting))
                        + " that stays so, docs/runbook.md says what to do"));
    if (!alignment.otherTables().isEmpty()) {
      said.add(
          "transactions of the batch changed tables without a contract too: "
              + String.join(", ", alignment.otherTables()));
    }
    return said;
  }

  private static String whatIsMissing(Alignment.Waiting waiting) {
    return waiting
        .expected()
        .map(
            expected ->
                "of its %s there were %s"
                    .formatted(counts(expected, "events"), counts(waiting.read(), "events")))
        .orElse("its end was not there");
  }

  private static String counts(Map<String, Long> counts, String what) {
    return counts.isEmpty()
        ? "no " + what
        : counts.entrySet().stream()
            .map(topic -> "%d %s of %s".formatted(topic.getValue(), what, topic.getKey()))
            .collect(Collectors.joining(", "));
  }
}
