package dev.changelake.compact.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What one chart draws. Values are decimal texts: the page's script makes numbers of them, for
 * drawing alone.
 *
 * @param id the report that it is drawn from
 * @param labels what stands along its axis
 * @param series the values, as many in each as there are labels
 */
record Chart(String id, Form form, List<String> labels, List<Series> series) {
  static final String SALES = "monthly_sales";
  static final String DEVICES = "most_used_devices";
  static final String PRODUCTS = "most_popular_products";
  static final String LEADS = "total_leads";

  /** The reports that the page shows, in its order. */
  static final List<String> REPORTS = List.of(SALES, DEVICES, PRODUCTS, LEADS);

  Chart {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(form, "form");
    labels = List.copyOf(labels);
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.values().size() != labels.size()) {
        throw new IllegalArgumentException(
            "%s has %d values for %d labels"
                .formatted(one.name(), one.values().size(), labels.size()));
      }
    }
  }

  /** How it looks. */
  enum Form {
    LINES,
    BARS,
    COLUMNS;

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One line, or one colour of bars. */
  record Series(String name, List<String> values) {
    Series {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
    }
  }
}
