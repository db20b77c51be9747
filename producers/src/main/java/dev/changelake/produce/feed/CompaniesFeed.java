package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.CompanyDay;
import dev.changelake.produce.world.World;
import java.time.LocalDate;
import java.util.stream.Stream;

/** A day's changes of companies. */
public final class CompaniesFeed implements Feed {
  private final CompanyDay companies;
  private final LocalDate day;
  private final int rows;

  public CompaniesFeed(World world, LocalDate day, int rows) {
    this.companies = world.companyDay(day, rows);
    this.day = FeedDay.check(world, day);
    this.rows = rows;
  }

  @Override
  public Task task() {
    return Task.COMPANIES;
  }

  @Override
  public LocalDate day() {
    return day;
  }

  @Override
  public long size() {
    return rows;
  }

  @Override
  public Stream<Change> changes() {
    return companies.events().stream()
        .map(event -> new Change(operation(event.turn()), event.company(), event.at()));
  }

  private static Operation operation(CompanyDay.Turn turn) {
    return switch (turn) {
      case INSERTED -> Operation.CREATE;
      case RENAMED -> Operation.UPDATE;
      case DELETED -> Operation.DELETE;
    };
  }
}
