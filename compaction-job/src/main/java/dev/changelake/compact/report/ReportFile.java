package dev.changelake.compact.report;

import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a report's file: a head of SQL comments, which is its contract, then the query.
 *
 * <pre>
 * -- What it tells, in a sentence or two.
 * -- column customer_id bigint
 * -- column total_leads bigint
 * -- key customer_id
 * SELECT …
 * </pre>
 */
final class ReportFile {
  private static final String COMMENT = "--";
  private static final Pattern COLUMN = Pattern.compile("column (\\S+) (\\S+)");
  private static final Pattern KEY = Pattern.compile("key (.+)");

  private ReportFile() {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Report parse(String name, byte[] content) {
    String sql = new String(content, StandardCharsets.UTF_8);
    List<String> description = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (String line : sql.lines().takeWhile(head -> head.startsWith(COMMENT)).toList()) {
      String said = line.substring(COMMENT.length()).strip();
      Matcher column = COLUMN.matcher(said);
      Matcher keys = KEY.matcher(said);
      if (column.matches()) {
        columns.add(column(column.group(1), column.group(2)));
      } else if (keys.matches() && !columns.isEmpty()) {
        Arrays.stream(keys.group(1).split(",")).map(String::strip).forEach(key::add);
      } else {
        description.add(said);
      }
    }
    return new Report(name, String.join(" ", description), columns, key, sql);
  }

  private static Column column(String name, String type) {
    return new Column(
        name,
        ColumnType.parse(type),
        true,
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
