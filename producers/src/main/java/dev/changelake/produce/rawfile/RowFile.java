package dev.changelake.produce.rawfile;

import dev.changelake.produce.world.TableRow;

/** A file that is being written, row by row. */
interface RowFile {
  void add(TableRow row);

  /** The whole file; nothing can be added afterwards. */
  byte[] finish();
}
