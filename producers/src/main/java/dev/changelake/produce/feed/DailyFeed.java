package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.LeadDay;
import dev.changelake.produce.world.WeblogDay;
import dev.changelake.produce.world.World;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A day's leads, company orders and web log.
 *
 * <p>Leads of the day before change too, if that day is after the platform's first. It is taken to
 * have had as many rows as this one.
 */
public final class DailyFeed implements Feed {
  private final LocalDate day;
  private final int rows;
  private final LeadChanges leads;
  private final CompanyOrderChanges companyOrders;
  private final WeblogDay weblogs;

  public DailyFeed(World world, LocalDate day, int rows) {
    this.day = FeedDay.check(world, day);
    this.rows = rows;
    LocalDate dayBefore = day.minusDays(1);
    Optional<LeadDay> yesterday =
        Optional.of(dayBefore)
            .filter(date -> date.isAfter(world.parameters().start()))
            .map(date -> world.leadDay(date, rows));
    this.leads = new LeadChanges(world.leadDay(day, rows), yesterday);
    this.companyOrders = new CompanyOrderChanges(world.companyOrderDay(day, rows));
    this.weblogs = world.weblogDay(day, rows);
  }

  @Override
  public Task task() {
    return Task.DAILY;
  }

  @Override
  public LocalDate day() {
    return day;
  }

  @Override
  public long size() {
    return leads.size() + companyOrders.size() + rows;
  }

  @Override
  public Stream<Change> changes() {
    return TimeMerge.of(List.of(leads.changes(), companyOrders.changes(), weblogChanges()));
  }

  private Stream<Change> weblogChanges() {
    return IntStream.range(0, rows)
        .mapToObj(index -> new Change(Operation.CREATE, weblogs.line(index), weblogs.at(index)));
  }
}
