package dev.changelake.compact.batch;

import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The lake's own id, which keeps its transactions apart from those of every other lake. */
public record LakeIdentity(int schemaVersion, String id, Instant createdAt) {
  private static final String PATH = "data/_changelake/lake.json";

  /** Reads the id; the first who asks gives the lake one. */
  public static LakeIdentity of(LakeFiles files, Instant now) {
    if (files.read(PATH).isEmpty()) {
      files.putIfAbsent(
          PATH, SealedJson.write(new LakeIdentity(1, UUID.randomUUID().toString(), now)));
    }
    return find(files).orElseThrow(() -> new IllegalStateException(PATH + " cannot be read back"));
  }

  /** Reads the id; empty if there is no lake yet. */
  public static Optional<LakeIdentity> find(LakeFiles files) {
    return files.read(PATH).map(bytes -> SealedJson.read(PATH, bytes, LakeIdentity.class));
  }
}
