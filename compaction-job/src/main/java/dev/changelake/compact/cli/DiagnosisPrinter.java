package dev.changelake.compact.cli;

import dev.changelake.compact.console.TextTable;
import dev.changelake.compact.doctor.Diagnosis;
import dev.changelake.compact.doctor.Hazard;
import dev.changelake.compact.doctor.HazardKind;
import dev.changelake.compact.doctor.Severity;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what the doctor found: as JSON, or each kind of hazard once with all its topics. */
final class DiagnosisPrinter {
  private final PrintWriter out;

  DiagnosisPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(Diagnosis diagnosis, boolean json) {
    if (json) {
      out.println(diagnosis.json());
    } else {
      text(diagnosis);
    }
    out.flush();
  }

  private void text(Diagnosis diagnosis) {
    TextTable table = new TextTable("table", "topic", "partitions", "offsets", "looked at");
    diagnosis
        .topics()
        .forEach(
            looked ->
                table.row(
                    looked.table(),
                    looked.topic(),
                    looked.partitions(),
                    looked.offsets(),
                    looked.sampled()));
    table.print(out);
    out.println();
    diagnosis.hazards().stream()
        .collect(Collectors.groupingBy(Hazard::kind, LinkedHashMap::new, Collectors.toList()))
        .forEach(this::kind);
    out.printf(
        "Last batch: %s. Found: %d errors, %d warnings, %d notes.%n",
        diagnosis.lastBatch().orElse("none"),
        diagnosis.count(Severity.ERROR),
        diagnosis.count(Severity.WARNING),
        diagnosis.count(Severity.INFO));
  }

  private void kind(HazardKind kind, List<Hazard> hazards) {
    out.printf("%s: %s%n", kind.severity().code(), kind.code());
    Map<String, List<String>> topics =
        hazards.stream()
            .collect(
                Collectors.groupingBy(
                    DiagnosisPrinter::seen,
                    LinkedHashMap::new,
                    Collectors.mapping(Hazard::topic, Collectors.toList())));
    topics.forEach((seen, of) -> out.printf("  %s: %s%n", String.join(", ", of), seen));
    out.printf("  Why: %s%n  Next: %s%n%n", kind.why(), kind.remedy());
  }

  private static String seen(Hazard hazard) {
    String where = hazard.example().map(" (the first is %s)"::formatted).orElse("");
    return hazard.seen() + where + ".";
  }
}
