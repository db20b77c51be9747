package dev.changelake.compact.publish;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.contract.TableMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A batch's tables that hold the newest state of their keys, those that others refer to first. */
record BaseTables(TableContracts contracts, Manifest manifest) {
  List<TableContract> all() {
    List<TableContract> tables =
        contracts.targets().stream()
            .filter(table -> table.mode() == TableMode.MERGE)
            .filter(table -> manifest.tableVersion(table.table()).isPresent())
            .toList();
    Set<TableContract> ordered = new LinkedHashSet<>();
    tables.forEach(table -> addAfterReferences(table, ordered, new LinkedHashSet<>()));
    return ordered.stream().filter(tables::contains).toList();
  }

  private void addAfterReferences(
      TableContract table, Set<TableContract> ordered, Set<TableContract> above) {
    if (!above.add(table)) {
      // Tables that refer to each other have no order; the first one named comes first.
      return;
    }
    table.columns().stream()
        .flatMap(column -> column.references().stream())
        .map(contracts::get)
        .filter(other -> !other.equals(table))
        .forEach(other -> addAfterReferences(other, ordered, above));
    ordered.add(table);
  }
}
