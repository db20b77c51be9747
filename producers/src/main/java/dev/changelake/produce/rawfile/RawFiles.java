package dev.changelake.produce.rawfile;

import dev.changelake.contract.TableContracts;
import dev.changelake.produce.feed.Change;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.world.LogLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the files of a feed: its rows as they were created, whatever became of them later. */
public final class RawFiles {
  private final TableContracts contracts;

  public RawFiles(TableContracts contracts) {
    this.contracts = contracts;
  }

  /** The files of the feed, by path; none if it delivers none. */
  public List<RawFile> of(Feed feed) {
    Map<String, RowFile> files = new TreeMap<>();
    feed.changes()
        .filter(Change::creates)
        .forEach(
            change -> {
              Optional<String> path = RawLayout.path(feed, change.table());
              path.ifPresent(
                  name ->
                      files.computeIfAbsent(name, key -> open(change.table())).add(change.row()));
            });
    return files.entrySet().stream()
        .map(file -> new RawFile(file.getKey(), file.getValue().finish()))
        .toList();
  }

  private RowFile open(String table) {
    return table.equals(LogLine.TABLE) ? new LogRows() : new CsvRows(contracts.get(table));
  }
}
