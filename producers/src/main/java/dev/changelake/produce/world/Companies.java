package dev.changelake.produce.world;

import java.time.LocalDate;
import java.util.List;

/**
 * The companies of the start: stable ones, to which anything may refer and which are never deleted,
 * and volatile ones, to which nothing refers.
 *
 * <p>The volatile ones are cut into cohorts of two. Each day one cohort in turn is deleted, and
 * inserted again on the next day; so the day alone tells who is dead.
 */
public final class Companies {
  static final int COHORT_SIZE = 2;
  private static final int FEWEST_COHORTS = 3;

  private final WorldParameters parameters;
  private final WordList names = WordList.read("company-names.txt");
  private final WordList trades = WordList.read("company-trades.txt");
  private final WordList forms = WordList.read("company-forms.txt");
  private final int cohorts;
  private final int stable;

  Companies(WorldParameters parameters) {
    this.parameters = parameters;
    this.cohorts = Math.max(FEWEST_COHORTS, parameters.rows() / 20);
    // Those who are dead on the first day are not among its rows.
    this.stable = parameters.rows() + COHORT_SIZE - cohorts * COHORT_SIZE;
  }

  /** The n-th company of the first day, from 0. */
  public Company ofStart(int index) {
    long id = index + 1L;
    if (id > stable) {
      List<Long> dead = cohort(parameters.start());
      id += dead.get(0) <= id ? COHORT_SIZE : 0;
    }
    return new Company(id, name(id, parameters.start(), 0));
  }

  /** How many companies are stable; their ids are 1 to this. */
  int stable() {
    return stable;
  }

  int cohorts() {
    return cohorts;
  }

  /** A company to which a row may refer at any time. */
  long drawStable(Draws draws) {
    return draws.between(1, stable);
  }

  /** The companies that are deleted on this day and inserted again on the next. */
  List<Long> cohort(LocalDate day) {
    long first = stable + 1 + COHORT_SIZE * Math.floorMod(day.toEpochDay(), (long) cohorts);
    return List.of(first, first + 1);
  }

  /** The name that a company gets on that day; {@code ordinal} tells its changes of a day apart. */
  String name(long id, LocalDate day, int ordinal) {
    Draws draws =
        new Dice(parameters.seed(), Company.TABLE, day).roll("company_name." + ordinal, id);
    String name = names.pick(draws) + " " + trades.pick(draws);
    String form = forms.pick(draws);
    return form.startsWith(",") ? name + form : name + " " + form;
  }
}
