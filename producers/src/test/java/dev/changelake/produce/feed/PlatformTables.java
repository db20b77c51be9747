package dev.changelake.produce.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.Column;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A database in memory that takes only what a real one with foreign keys would take. */
final class PlatformTables {
  private final TableContracts contracts = TableContracts.load(Optional.empty());
  private final Map<String, Map<List<Object>, Map<String, Object>>> tables = new HashMap<>();
  private final Set<Object> referredCompanies = new HashSet<>();
  private final Map<Object, String> orderOwners = new HashMap<>();
  private final Set<List<Object>> onceCompanies = new HashSet<>();
  private int reinserts;

  void apply(Change change) {
    TableContract contract = contracts.get(change.table());
    Map<String, Object> row = change.row().columns();
    List<Object> key = contract.key().stream().map(row::get).toList();
    Map<List<Object>, Map<String, Object>> table = table(contract.table());
    if (change.creates()) {
      assertThat(table).as("insert into %s", contract.table()).doesNotContainKey(key);
    } else {
      assertThat(table).as("%s of %s", change.operation(), contract.table()).containsKey(key);
    }
    if (change.operation() == Operation.DELETE) {
      table.remove(key);
      assertThat(contract.table().equals("companies") && referredCompanies.contains(key.get(0)))
          .as("deleted company %s is referred to", key)
          .isFalse();
      return;
    }
    checkReferences(contract, row);
    checkOrder(contract, key, row);
    countReinsert(change, key);
    Map<String, Object> earlier = table.put(key, row);
    assertThat(row).as("an update changes something").isNotEqualTo(earlier);
  }

  Map<List<Object>, Map<String, Object>> table(String name) {
    return tables.computeIfAbsent(name, table -> new HashMap<>());
  }

  /** How many companies have been inserted again since the last call. */
  int takeReinserts() {
    int taken = reinserts;
    reinserts = 0;
    return taken;
  }

  private void checkReferences(TableContract contract, Map<String, Object> row) {
    assertThat(row.keySet())
        .isEqualTo(new HashSet<>(contract.messageColumns().stream().map(Column::name).toList()));
    for (Column column : contract.messageColumns()) {
      Object value = row.get(column.name());
      assertThat(value != null || column.nullable()).as("%s has a value", column.name()).isTrue();
      column
          .references()
          .ifPresent(
              table -> assertThat(table(table)).as(column.name()).containsKey(List.of(value)));
    }
    contract.messageColumns().stream()
        .filter(column -> column.references().equals(Optional.of("companies")))
        .forEach(column -> referredCompanies.add(row.get(column.name())));
  }

  /** An order's id belongs to one row for ever. */
  private void checkOrder(TableContract contract, List<Object> key, Map<String, Object> row) {
    Object order = row.get("order_id");
    if (order != null) {
      String owner = contract.table() + key;
      assertThat(orderOwners.merge(order, owner, (first, second) -> first)).isEqualTo(owner);
    }
  }

  private void countReinsert(Change change, List<Object> key) {
    if (change.table().equals("companies") && change.creates() && !onceCompanies.add(key)) {
      reinserts++;
    }
  }
}
