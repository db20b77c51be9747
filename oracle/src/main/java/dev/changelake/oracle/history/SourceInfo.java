package dev.changelake.oracle.history;

/** The {@code source} block's moving parts; an incremental snapshot has no lsn and no txId. */
record SourceInfo(Long lsn, Long txId, long tsMs, String snapshot) {

  SourceInfo snapshot(String kind) {
    return new SourceInfo(lsn, txId, tsMs, kind);
  }

  SourceInfo incremental() {
    return new SourceInfo(null, null, tsMs, "incremental");
  }
}
