package dev.changelake.compact.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.store.SealedJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page of one batch: the same batch and reports give the same bytes. */
final class DashboardPage {
  /** A section of an optional is there if its value is; the library takes any optional for one. */
  private static final DefaultCollector OPTIONALS =
      new DefaultCollector() {
        @Override
        public Iterator<?> toIterator(Object value) {
          return value instanceof Optional<?> optional
              ? optional.stream().iterator()
              : super.toIterator(value);
        }
      };

  private DashboardPage() {}

  /** Writes the page, which needs nothing beside itself. */
  static byte[] write(Manifest manifest, BatchReports reports) {
    List<Panel> panels = new Panels(manifest, reports).all();
    BatchFacts facts = new BatchFacts(manifest);
    String style = PageFiles.own("style.css");
    String library = PageFiles.chartLibrary();
    String script = PageFiles.own("charts.js");
    Map<String, Object> said =
        Map.ofEntries(
            Map.entry("batch", manifest.batch().text()),
            Map.entry("date", manifest.businessDate()),
            Map.entry("finished", manifest.createdAt()),
            Map.entry("finishedShort", facts.finishedShort()),
            Map.entry("plan", manifest.plan()),
            Map.entry("policy", policy(style, library, script)),
            Map.entry("style", style),
            Map.entry("library", library),
            Map.entry("script", script),
            Map.entry("numbers", json(panels)),
            Map.entry("figures", figures(reports, facts)),
            Map.entry("panels", panels),
            Map.entry("verdict", facts.verdict()),
            Map.entry("ledgers", List.of(facts.records(), facts.rows())),
            Map.entry("freshness", facts.freshness()),
            Map.entry("offsets", facts.offsets()));
    return render("page.html", said);
  }

  /** Fills a template, escaping all that stands in two braces. */
  static byte[] render(String template, Map<String, Object> said) {
    return Mustache.compiler()
        .escapeHTML(true)
        .withCollector(OPTIONALS)
        .compile(PageFiles.own(template))
        .execute(said)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Nothing may be loaded, and nothing may run but what this page was made with. */
  private static String policy(String style, String library, String script) {
    return "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(
            PageFiles.policyHash(library),
            PageFiles.policyHash(script),
            PageFiles.policyHash(style));
  }

  /** The charts as JSON that no text in it can end: {@code <} never stands in it. */
  static String json(List<Panel> panels) {
    List<Chart> charts = panels.stream().map(Panel::chart).flatMap(Optional::stream).toList();
    try {
      return SealedJson.mapper()
          .writeValueAsString(charts)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records can be written", e);
    }
  }

  private static List<BatchFacts.Fact> figures(BatchReports reports, BatchFacts facts) {
    List<BatchFacts.Fact> figures = new ArrayList<>();
    reports
        .find(Chart.SALES)
        .filter(rows -> !rows.rows().isEmpty())
        .ifPresent(
            rows -> {
              // The report is newest first.
              String month =
                  "%s-%02d"
                      .formatted(
                          rows.column("sale_year").get(0),
                          Integer.parseInt(rows.column("sale_month").get(0)));
              figures.add(
                  new BatchFacts.Fact(
                      "Sales in " + month, grouped(rows.column("monthly_sales").get(0))));
              figures.add(
                  new BatchFacts.Fact(
                      "Profit in " + month, grouped(rows.column("monthly_profit").get(0))));
            });
    figures.add(new BatchFacts.Fact("Records landed", facts.landed()));
    figures.add(new BatchFacts.Fact("Quarantined", facts.quarantined()));
    return figures;
  }

  /** The same number with its thousands apart. */
  private static String grouped(String decimal) {
    BigDecimal number = new BigDecimal(decimal);
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }
}
