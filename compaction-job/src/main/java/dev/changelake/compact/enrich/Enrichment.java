package dev.changelake.compact.enrich;

import dev.changelake.contract.Column;
import dev.changelake.contract.Computed;
import dev.changelake.contract.TableContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Fills the computed columns of a contract's rows. */
public final class Enrichment {
  private final List<Step> steps;

  private Enrichment(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  private record Step(int from, int to, UnaryOperator<String> compute) {}

  /**
   * The enrichment of a contract; the data that it needs is opened here.
   *
   * @param countries a country database; empty for the one that Changelake brings
   */
  public static Enrichment of(TableContract contract, Optional<Path> countries) {
    List<String> names = contract.columns().stream().map(Column::name).toList();
    List<Step> steps = new ArrayList<>();
    CountryDatabase database = null;
    for (Column column : contract.columns()) {
      if (column.computed().isPresent()) {
        Computed computed = column.computed().get();
        if (database == null) {
          database = CountryDatabase.open(countries);
        }
        steps.add(
            new Step(
                names.indexOf(computed.from()),
                names.indexOf(column.name()),
                computation(computed.by(), database)));
      }
    }
    return new Enrichment(steps);
  }

  private static UnaryOperator<String> computation(
      Computed.Computation by, CountryDatabase database) {
    return switch (by) {
      case COUNTRY -> address -> database.countryOf(address).orElse(null);
      case COUNTRY_DATA -> address -> database.version();
      case DEVICE -> DeviceCatalogue::deviceOf;
      case DEVICE_DATA -> userAgent -> DeviceCatalogue.version();
    };
  }

  /** Fills the computed columns of a row; what is computed from null is null. */
  public void fill(Object[] row) {
    for (Step step : steps) {
      if (row[step.from()] instanceof String value) {
        row[step.to()] = step.compute().apply(value);
      }
    }
  }
}
