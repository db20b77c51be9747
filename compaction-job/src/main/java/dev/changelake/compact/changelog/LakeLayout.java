package dev.changelake.compact.changelog;

/** Where things stand under the lake's root. */
public record LakeLayout(String root) {
  /** The layout of a lake in a bucket. */
  public static LakeLayout ofBucket(String bucket) {
    return new LakeLayout("s3a://" + bucket);
  }

  /** The current state of a table. */
  public String table(String table) {
    return root + "/data/delta/" + table;
  }

  /** The change log of a table's topic. */
  public String changes(String table) {
    return root + "/data/delta/changes/" + table;
  }

  /** The positions of a target's keys that have no row. */
  public String absent(String table) {
    return root + "/data/_changelake/absent/" + table;
  }
}
