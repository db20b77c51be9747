package dev.changelake.compact.load;

import dev.changelake.compact.result.Output;

/** Where tables and reports are loaded for others to query. */
public interface Warehouse {
  /**
   * Makes a table hold exactly the content's rows, in one transaction, unless it holds those of the
   * same or a later batch. Readers see the rows before or the rows after.
   *
   * @throws dev.changelake.error.ChangelakeException of category warehouse
   */
  Output load(WarehouseTable table, TableContent content);
}
