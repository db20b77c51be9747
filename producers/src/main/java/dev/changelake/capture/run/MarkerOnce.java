package dev.changelake.capture.run;

import dev.changelake.capture.source.Marker;
import dev.changelake.capture.source.ReplicationSlot;
import dev.changelake.capture.source.SourceDatabase;

/** Writes the marker as soon as the replication slot is ready: what is before that is not read. */
final class MarkerOnce implements Runnable {
  private final SourceDatabase database;
  private final String slot;
  private final Marker marker;
  private boolean written;

  MarkerOnce(SourceDatabase database, String slot, Marker marker) {
    this.database = database;
    this.slot = slot;
    this.marker = marker;
  }

  @Override
  public void run() {
    if (!written && database.slot(slot).filter(ReplicationSlot::ready).isPresent()) {
      database.write(marker);
      written = true;
    }
  }
}
