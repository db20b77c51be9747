package dev.changelake.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The single source of what a table is.
 *
 * @param table the table's name in the lake and in the warehouse, and in the source unless {@code
 *     source} says another
 * @param topic the Kafka topic of its change events
 * @param key the columns that identify a row, in order
 * @param columns all columns, in the order of the table
 * @param parse the column that is taken apart at land
 * @param feeds tables whose records become rows of this one too
 * @param unavailable what happens to changes that leave out values which nobody knows
 * @param drift what happens when the source comes to differ
 * @param form the form of the topic's values
 * @param source whose rows the topic holds
 * @param redshift how Redshift keeps the table
 * @param fingerprint identifies exactly this contract; it stands in every row of the change log
 */
public record TableContract(
    String table,
    String topic,
    TableMode mode,
    List<String> key,
    List<Column> columns,
    Optional<LineParse> parse,
    List<Feed> feeds,
    UnavailablePolicy unavailable,
    DriftPolicies drift,
    RecordForm form,
    SourceTable source,
    RedshiftHints redshift,
    String description,
    String fingerprint) {
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  /** The folder of the change logs, which stands beside those of the tables. */
  private static final String CHANGE_LOG_FOLDER = "changes";

  public TableContract {
    require(Column.NAME.matcher(table).matches(), "table", "lower case letters, digits and _");
    require(!table.equals(CHANGE_LOG_FOLDER), "table", "another name: the change log has this one");
    require(TOPIC.matcher(topic).matches(), "topic", "the name of a Kafka topic");
    Objects.requireNonNull(mode, "mode");
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    feeds = List.copyOf(feeds);
    Objects.requireNonNull(parse, "parse");
    Objects.requireNonNull(unavailable, "unavailable");
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(redshift, "redshift");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(fingerprint, "fingerprint");
    checkColumns(columns);
    checkKey(key, columns);
    checkParse(parse, columns);
    checkSource(source, key, columns);
    for (String column : redshift.columns()) {
      require(
          columns.stream().anyMatch(each -> each.stored() && each.name().equals(column)),
          "redshift." + column,
          "one of the stored columns");
    }
    for (Column column : columns) {
      checkComputed(column, columns);
    }
    require(mode == TableMode.MERGE || feeds.isEmpty(), "feeds", "empty unless the mode is merge");
  }

  /** A table whose source is held when it comes to differ. */
  public TableContract(
      String table,
      String topic,
      TableMode mode,
      List<String> key,
      List<Column> columns,
      Optional<LineParse> parse,
      List<Feed> feeds,
      UnavailablePolicy unavailable,
      RecordForm form,
      String description,
      String fingerprint) {
    this(
        table,
        topic,
        mode,
        key,
        columns,
        parse,
        feeds,
        unavailable,
        DriftPolicies.HOLD,
        form,
        SourceTable.UNSAID,
        RedshiftHints.NONE,
        description,
        fingerprint);
  }

  /**
   * The contract of a table that has followed its source.
   *
   * @param changes in their order; what the contract has already is left out
   * @throws ContractException if a change cannot be made
   */
  public TableContract evolved(List<ColumnChange> changes) {
    return ContractEvolution.of(this, changes);
  }

  /** The column of that name. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The table's name in its source. */
  public String sourceTable() {
    return source.table().orElse(table);
  }

  /** The columns of the key, in the key's order. */
  public List<Column> keyColumns() {
    return key.stream().map(name -> column(name).orElseThrow()).toList();
  }

  /** The columns that a message carries. */
  public List<Column> messageColumns() {
    return columns.stream().filter(Column::inMessage).toList();
  }

  /** The columns that the table has. */
  public List<Column> storedColumns() {
    return columns.stream().filter(Column::stored).toList();
  }

  private static void checkColumns(List<Column> columns) {
    require(!columns.isEmpty(), "columns", "at least one column");
    Set<String> names = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      require(names.add(column.name()), "columns." + column.name(), "named once");
      require(
          column.source().isEmpty() || column.inMessage(),
          "columns." + column.name() + ".source",
          "absent: the column is in no message");
      require(
          !column.inMessage() || seen.add(column.sourceName()),
          "columns." + column.name() + ".source",
          "the name of no other column in the source");
    }
    for (Column column : columns) {
      for (String alias : column.aliases()) {
        require(
            column.inMessage() && seen.add(alias),
            "columns." + column.name() + ".aliases",
            "names of a message's column that no other one has");
      }
    }
  }

  private static void checkKey(List<String> key, List<Column> columns) {
    require(!key.isEmpty(), "key", "at least one column");
    require(Set.copyOf(key).size() == key.size(), "key", "each column once");
    for (String name : key) {
      Column column =
          columns.stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElse(null);
      require(column != null, "key." + name, "one of the columns");
      require(!column.nullable(), "key." + name, "a column that is not nullable");
      require(column.inMessage(), "key." + name, "a column of the message, not one made at land");
      require(column.stored(), "key." + name, "a stored column");
      require(
          column.type().kind().canBeKey(),
          "key." + name,
          "of a type that identifies a row, which double, float, binary, arrays and maps do not");
    }
  }

  private static void checkSource(SourceTable source, List<String> key, List<Column> columns) {
    source
        .identifier()
        .ifPresent(
            name ->
                require(
                    key.contains(name)
                        && columns.stream()
                            .anyMatch(column -> column.name().equals(name) && isString(column)),
                    "source.identifier",
                    "a string column of the key"));
  }

  private static void checkParse(Optional<LineParse> parse, List<Column> columns) {
    boolean anyParsed = columns.stream().anyMatch(Column::parsed);
    require(anyParsed == parse.isPresent(), "parse", "present exactly when columns are parsed");
    if (parse.isPresent()) {
      String name = parse.get().column();
      require(
          columns.stream()
              .anyMatch(
                  column ->
                      column.name().equals(name)
                          && column.inMessage()
                          && !column.nullable()
                          && isString(column)),
          "parse.column",
          "a string column of the message that is not nullable");
      columns.stream().filter(Column::parsed).forEach(column -> checkParsed(column, parse.get()));
    }
  }

  private static void checkParsed(Column column, LineParse parse) {
    String field = "columns." + column.name();
    ColumnType type = parse.format().columns().get(column.name());
    require(
        type != null,
        field,
        "one of those that a line gives: " + new TreeSet<>(parse.format().columns().keySet()));
    require(type.equals(column.type()), field + ".type", type + ", as a line gives it");
  }

  private static void checkComputed(Column column, List<Column> columns) {
    if (column.computed().isEmpty()) {
      return;
    }
    String field = "columns." + column.name();
    String from = column.computed().get().from();
    require(!column.parsed(), field + ".parsed", "false: the column is computed");
    require(column.nullable(), field + ".nullable", "true: not every value can be computed");
    require(isString(column), field + ".type", "string, as what is computed");
    require(
        columns.stream()
            .anyMatch(
                other ->
                    other.name().equals(from) && other.computed().isEmpty() && isString(other)),
        field + ".computed.from",
        "a string column that is not computed itself");
  }

  private static boolean isString(Column column) {
    return column.type().kind() == ColumnType.Kind.STRING;
  }

  private static void require(boolean holds, String field, String expected) {
    if (!holds) {
      throw new ContractException(field, "must be " + expected);
    }
  }
}
