package dev.changelake.compact.changelog;

import java.time.LocalDate;

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

  /** The folder of a report, under the root. */
  public String reportFolder(String report, LocalDate businessDate) {
    return "data/final/report=%s/%s".formatted(report, businessDate);
  }

  /** The folder of a table's snapshot, under the root. */
  public String snapshotFolder(String table, LocalDate businessDate) {
    return "data/final/table=%s/%s".formatted(table, businessDate);
  }

  /** The folder of all dashboards, under the root. */
  public String dashboards() {
    return "data/final/dashboard";
  }

  /** The folder of a date's dashboard, under the root. */
  public String dashboardFolder(LocalDate businessDate) {
    return dashboards() + "/" + businessDate;
  }

  /** The positions of a target's keys that have no row. */
  public String absent(String table) {
    return root + "/data/_changelake/absent/" + table;
  }
}
