package dev.changelake.compact.load;

import dev.changelake.compact.result.Output;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where tables and reports are loaded for others to query. */
public interface Warehouse {
  /**
   * Makes a table hold exactly the content's rows, in one transaction, unless it holds those of the
   * same or a later batch. Readers see the rows before or the rows after.
   *
   * @throws dev.changelake.error.ChangelakeException of category warehouse
   */
  Output load(WarehouseTable table, TableContent content);

  /**
   * Compares each value of a table with the rows that a batch has.
   *
   * @param n the batch's number
   * @param inputs the hash of what the rows follow from
   * @throws dev.changelake.error.ChangelakeException of category usage if the table holds another
   *     batch, or rows of other inputs; of category warehouse if the warehouse is away or refuses
   */
  Parity compare(WarehouseTable table, long n, String inputs, Supplier<Dataset<Row>> rows);
}
