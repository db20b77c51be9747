package dev.changelake.compact.publish;

import dev.changelake.compact.load.WarehouseTable;
import dev.changelake.compact.report.Report;
import dev.changelake.contract.RedshiftHints;
import dev.changelake.contract.TableContract;

/** What the warehouse's tables look like. */
final class LoadedShapes {
  private LoadedShapes() {}

  static WarehouseTable of(TableContract contract) {
    return new WarehouseTable(
        contract.table(), contract.storedColumns(), contract.key(), contract.redshift());
  }

  /** A report's key identifies its rows, so that none of it is null. */
  static WarehouseTable of(Report report) {
    return new WarehouseTable(
        report.name(),
        report.columns().stream()
            .map(column -> report.key().contains(column.name()) ? column.required() : column)
            .toList(),
        report.key(),
        RedshiftHints.NONE);
  }
}
