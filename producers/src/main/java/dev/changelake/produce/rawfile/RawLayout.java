package dev.changelake.produce.rawfile;

import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.world.CompanyOrder;
import dev.changelake.produce.world.Lead;
import dev.changelake.produce.world.LogLine;
import java.util.Optional;

/** Where the rows of a table lie in the raw zone. */
final class RawLayout {
  private RawLayout() {}

  /** The path of the table's file; empty if the feed delivers none. */
  static Optional<String> path(Feed feed, String table) {
    if (feed.task() == Task.INIT) {
      return Optional.of("data/init/" + table + ".csv");
    }
    return dailyName(feed.task(), table).map(name -> "data/raw/" + feed.day() + "/" + name);
  }

  private static Optional<String> dailyName(Task task, String table) {
    if (task != Task.DAILY) {
      return Optional.empty();
    }
    return switch (table) {
      case Lead.TABLE -> Optional.of("leadcsv.csv");
      case CompanyOrder.TABLE -> Optional.of("companycsv.csv");
      case LogLine.TABLE -> Optional.of("weblogs.log");
      default -> throw new IllegalArgumentException("no raw file is known for " + table);
    };
  }
}
