package dev.changelake.compact.load;

import dev.changelake.compact.result.Output;

/**
 * Where tables and reports are loaded for others to query.
 *
 * <p>The seam between kinds of warehouses: what is loaded are published files, which one kind reads
 * by itself and another gets sent.
 */
public interface Warehouse {
  /**
   * Makes a table hold exactly the files' rows, in one transaction, unless it holds those of the
   * same or a later batch.
   *
   * @throws dev.changelake.error.ChangelakeException of category warehouse
   */
  Output load(WarehouseTable table, FilesToLoad files);
}
