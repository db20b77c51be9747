package dev.changelake.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a contract is once its table has followed its source. */
final class ContractEvolution {
  private ContractEvolution() {}

  /**
   * The contract after the changes, of which those count that its file does not have yet.
   *
   * @throws ContractException if a change cannot be made
   */
  static TableContract of(TableContract contract, List<ColumnChange> changes) {
    TableContract evolved = contract;
    for (ColumnChange change : changes) {
      if (!change.isIn(evolved)) {
        evolved = after(evolved, change);
      }
    }
    return evolved;
  }

  private static TableContract after(TableContract before, ColumnChange change) {
    List<Column> columns = new ArrayList<>(before.columns());
    List<Feed> feeds = before.feeds();
    if (change.kind() == DriftKind.ADDED) {
      columns.add(change.toColumn());
      feeds = feeds.stream().map(feed -> withoutValue(feed, change.column())).toList();
    } else if (before.column(change.column()).isEmpty()) {
      // Its file has lost the column, which the table itself refuses.
      return before;
    } else {
      columns.replaceAll(
          column -> column.name().equals(change.column()) ? change.of(column) : column);
    }
    return new TableContract(
        before.table(),
        before.topic(),
        before.mode(),
        before.key(),
        columns,
        before.parse(),
        feeds,
        before.unavailable(),
        before.drift(),
        before.form(),
        before.source(),
        before.redshift(),
        before.description(),
        fingerprint(before.fingerprint(), change));
  }

  /** Another table's records have no value for a column that came to this one's source. */
  private static Feed withoutValue(Feed feed, String column) {
    Map<String, Feed.Value> values = new LinkedHashMap<>(feed.columns());
    values.put(column, new Feed.NullConstant());
    return new Feed(feed.from(), feed.when(), values);
  }

  private static String fingerprint(String before, ColumnChange change) {
    try {
      byte[] text = (before + " " + change.text()).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
