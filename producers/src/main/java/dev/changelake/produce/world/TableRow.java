package dev.changelake.produce.world;

import java.util.Map;

/** A row of a table of the contracts. */
public interface TableRow {
  /** The table's name in the contracts. */
  String table();

  /** The values by the contract's columns, in the types that the envelope's encoder takes. */
  Map<String, Object> columns();
}
