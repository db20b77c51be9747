package dev.changelake.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What one contract may say of another. */
final class ContractRelations {
  private ContractRelations() {}

  static void check(TableContract contract, Map<String, TableContract> all) {
    for (Column column : contract.columns()) {
      column.references().ifPresent(table -> checkReference(column, all.get(table), table));
    }
    boolean related = contract.mode() == TableMode.FEED || !contract.feeds().isEmpty();
    for (DriftKind kind : List.of(DriftKind.WIDENED, DriftKind.DROPPED)) {
      require(
          !related || contract.drift().of(kind) != DriftPolicy.EVOLVE,
          "drift." + kind.code(),
          "is evolve, but several sources feed the table, whose columns are of one type");
    }
    Set<String> sources = new HashSet<>();
    for (int i = 0; i < contract.feeds().size(); i++) {
      Feed feed = contract.feeds().get(i);
      String field = "feeds[" + i + "]";
      require(sources.add(feed.from()), field + ".from", "feeds this table already");
      checkFeed(contract, feed, all, field);
    }
    require(
        contract.mode() != TableMode.FEED || all.values().stream().anyMatch(feeds(contract)),
        "mode",
        "is feed, but no table has it among its feeds, so its records would go nowhere");
  }

  private static Predicate<TableContract> feeds(TableContract source) {
    return target -> target.feeds().stream().anyMatch(feed -> feed.from().equals(source.table()));
  }

  private static void checkReference(Column column, TableContract target, String name) {
    String field = "columns." + column.name() + ".references";
    require(target != null, field, "names the unknown table " + name);
    require(
        target.key().size() == 1 && target.keyColumns().get(0).type().equals(column.type()),
        field,
        "names %s, whose key is not one %s column".formatted(name, column.type()));
  }

  private static void checkFeed(
      TableContract contract, Feed feed, Map<String, TableContract> all, String field) {
    TableContract source = all.get(feed.from());
    require(source != null, field + ".from", "names the unknown table " + feed.from());
    require(!source.equals(contract), field + ".from", "must be another table");
    require(source.mode() == TableMode.FEED, field + ".from", "must be a table with mode feed");
    for (Feed.Condition condition : feed.when()) {
      checkCondition(source, condition, field + ".when." + condition.column());
    }
    Set<String> stored =
        contract.storedColumns().stream().map(Column::name).collect(Collectors.toSet());
    require(
        feed.columns().keySet().equals(stored),
        field + ".columns",
        "must give a value to exactly the columns " + stored);
    for (String name : contract.key()) {
      require(
          feed.columns().get(name) instanceof Feed.FromColumn,
          field + ".columns." + name,
          "must be a column of the source, since it identifies the row");
    }
    contract
        .storedColumns()
        .forEach(
            column ->
                checkValue(
                    column,
                    feed.columns().get(column.name()),
                    feed,
                    source,
                    field + ".columns." + column.name()));
  }

  private static void checkCondition(TableContract source, Feed.Condition condition, String field) {
    Column column = source.column(condition.column()).orElse(null);
    require(column != null, field, "names no column of " + source.table());
    boolean truth = condition.test() == Feed.Test.IS_TRUE || condition.test() == Feed.Test.IS_FALSE;
    require(
        !truth || column.type().kind() == ColumnType.Kind.BOOLEAN, field, "is not about a boolean");
    require(
        condition.test() != Feed.Test.IS_NULL || column.nullable(),
        field,
        "can never hold: the column is not nullable");
  }

  private static void checkValue(
      Column target, Feed.Value value, Feed feed, TableContract source, String field) {
    if (value instanceof Feed.FromColumn from) {
      Column column = source.column(from.column()).orElse(null);
      require(column != null, field, "names no column of " + source.table());
      require(
          column.type().equals(target.type()),
          field,
          "is a %s, the column is a %s".formatted(column.type(), target.type()));
      boolean guarded =
          feed.when().stream()
              .filter(condition -> condition.column().equals(column.name()))
              .anyMatch(condition -> condition.test() != Feed.Test.IS_NULL);
      require(
          target.nullable() || !column.nullable() || guarded,
          field,
          "may be null, the column may not: add the condition not_null");
    } else if (value instanceof Feed.BooleanConstant) {
      require(target.type().kind() == ColumnType.Kind.BOOLEAN, field, "is not a boolean column");
    } else {
      require(target.nullable(), field, "is null, the column may not be");
    }
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new ContractException(field, problem);
    }
  }
}
