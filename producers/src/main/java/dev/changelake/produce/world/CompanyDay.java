package dev.changelake.produce.world;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What happens to companies on one day after the start. */
public final class CompanyDay {
  private final Companies companies;
  private final Dice dice;
  private final DayIds ids;
  private final LocalDate day;
  private final int rows;

  CompanyDay(World world, LocalDate day, int rows) {
    this.companies = world.companies();
    this.dice = world.dice(Company.TABLE, day);
    this.ids = new DayIds(day);
    this.day = day;
    this.rows = RowLimits.check(rows);
  }

  /** What can happen to a company. */
  public enum Turn {
    INSERTED,
    RENAMED,
    DELETED
  }

  /** One thing that happens to one company; for a deletion only the id counts. */
  public record Event(Turn turn, Company company, Instant at) {}

  /**
   * The day's events, in order: yesterday's cohort returns; some are deleted, to return or, if they
   * are new, to stay away; names change and companies appear; the deleted return; today's cohort
   * goes.
   */
  public List<Event> events() {
    int fixed = 2 * Companies.COHORT_SIZE;
    int spare = (companies.cohorts() - 2) * Companies.COHORT_SIZE;
    List<Long> returning = volatileOnes(Math.min(spare, Math.max(1, rows / 8)));
    int fleeting = rows / 40;
    int rest = rows - fixed - 2 * returning.size() - 2 * fleeting;
    int inserts = Math.max(1, rest * 2 / 5);

    Script script = new Script();
    script.add(Turn.INSERTED, companies.cohort(day.minusDays(1)));
    script.add(Turn.DELETED, returning);
    List<Long> passing = IntStream.range(0, fleeting).mapToObj(ids::company).toList();
    script.add(Turn.INSERTED, passing);
    for (int i = 0; i < rest; i++) {
      int insertsBefore = (int) ((long) i * inserts / rest);
      if ((long) (i + 1) * inserts / rest > insertsBefore) {
        script.add(Turn.INSERTED, ids.company(fleeting + insertsBefore));
      } else {
        script.add(Turn.RENAMED, companies.drawStable(dice.roll("renamed", i)));
      }
    }
    script.add(Turn.INSERTED, returning);
    script.add(Turn.DELETED, passing);
    script.add(Turn.DELETED, companies.cohort(day));
    return script.events;
  }

  /** Volatile companies that live at the day's beginning and at its end. */
  private List<Long> volatileOnes(int count) {
    List<Long> chosen = new ArrayList<>();
    for (int ahead = 1; chosen.size() < count; ahead++) {
      chosen.addAll(companies.cohort(day.plusDays(ahead)));
    }
    return chosen.subList(0, count);
  }

  /** Gives each event its name and its time, in the order in which they are added. */
  private final class Script {
    private final List<Event> events = new ArrayList<>(rows);
    private final TimeSlots slots = TimeSlots.of(TimeSlots.midnight(day), Duration.ofDays(1), rows);

    void add(Turn turn, List<Long> ids) {
      ids.forEach(id -> add(turn, id));
    }

    void add(Turn turn, long id) {
      int ordinal = events.size();
      Company company = new Company(id, companies.name(id, day, ordinal));
      events.add(new Event(turn, company, slots.within(ordinal, dice.roll("at", ordinal))));
    }
  }
}
