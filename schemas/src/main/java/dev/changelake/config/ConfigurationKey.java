package dev.changelake.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every key of Changelake's own; the prefixes of {@link ForeignSettings} are passed on as given.
 */
public enum ConfigurationKey {
  LAKE_BUCKET(
      "lake.bucket",
      "com.comp.prod.data.etl",
      "The S3 bucket that holds the lake.",
      value -> {
        if (!value.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
          throw new IllegalArgumentException("must be the name of an S3 bucket");
        }
      }),
  LAKE_BATCH_RETENTION_DAYS(
      "lake.batch-retention-days",
      "400",
      "Days for which a batch can be read by its name; Delta's retention follows from it.",
      value -> integer(value, 1, Integer.MAX_VALUE)),
  LAKE_QUARANTINE_MAX_SHARE(
      "lake.quarantine-max-share",
      "0.01",
      "Share of a topic's records in a batch, 0 to 1, above which a run stops before any merge.",
      value -> {
        BigDecimal share = new BigDecimal(value);
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || share.scale() > 9) {
          throw new IllegalArgumentException("must be from 0 to 1, with at most 9 decimals");
        }
      }),
  LAKE_ALIGN(
      "lake.align",
      "none",
      "Where a batch ends: none (where the topics stand) or transactions (between two of the"
          + " source's).",
      Align::fromCode),
  LAKE_DELETION_VECTORS(
      "lake.deletion-vectors",
      "true",
      "Whether Delta may mark rows as deleted, from a table's first update or delete on; false writes"
          + " their files again, for readers that do not know deletion vectors.",
      value -> {
        if (!value.matches("true|false")) {
          throw new IllegalArgumentException("must be true or false");
        }
      }),
  TOPICS_PARTITIONS(
      "topics.partitions",
      "2",
      "Partitions of a topic that the producer creates.",
      value -> integer(value, 1, Integer.MAX_VALUE)),
  TOPICS_REPLICATION_FACTOR(
      "topics.replication-factor",
      "-1",
      "Replicas of a topic that the producer creates; -1 leaves it to the broker.",
      value -> {
        integer(value, -1, Short.MAX_VALUE);
        if (new BigDecimal(value).signum() == 0) {
          throw new IllegalArgumentException("must be -1, or 1 and more");
        }
      }),
  CONTRACTS_DIRECTORY(
      "contracts.directory",
      "",
      "A folder with further table contracts, beside those that Changelake brings; relative to the"
          + " file that names it.",
      value -> {}),
  REPORTS_DIRECTORY(
      "reports.directory",
      "",
      "A folder with further reports, beside those that Changelake brings; relative to the file"
          + " that names it.",
      value -> {}),
  GEO_DATABASE(
      "geo.database",
      "",
      "A country database in MaxMind's format, instead of the one that Changelake brings; relative"
          + " to the file that names it.",
      value -> {}),
  WAREHOUSE_URL(
      "warehouse.url",
      "",
      "The warehouse's JDBC URL, without user and password; without it there is no warehouse.",
      ConfigurationKey::jdbcUrl),
  WAREHOUSE_SCHEMA(
      "warehouse.schema",
      "b2b",
      "The warehouse's schema that tables and reports are loaded into.",
      value -> {
        if (!value.matches("[a-z][a-z0-9_]{0,62}")) {
          throw new IllegalArgumentException(
              "must be a lower-case name of up to 63 letters, digits and underscores");
        }
      }),
  WAREHOUSE_REDSHIFT_IAM_ROLE(
      "warehouse.redshift.iam-role",
      "",
      "The ARN of the role as which Redshift reads the lake's bucket, or default for the cluster's"
          + " default role.",
      value -> {
        if (!value.isEmpty()
            && !value.matches("default|arn:[\\w+=,.@:/*-]+(,arn:[\\w+=,.@:/*-]+)*")) {
          throw new IllegalArgumentException(
              "must be default or a role's ARN, such as arn:aws:iam::123456789012:role/lake");
        }
      }),
  WAREHOUSE_REDSHIFT_REGION(
      "warehouse.redshift.region",
      "",
      "The region of the lake's bucket, if the cluster is in another one.",
      value -> {
        if (!value.matches("[a-z0-9-]*")) {
          throw new IllegalArgumentException("must be a region, such as eu-central-1");
        }
      }),
  SECRETS_FILE(
      "secrets.file",
      "",
      "A properties file with further kafka.*, fs.s3a.*, spark.*, warehouse.jdbc.* and debezium.*"
          + " settings, kept apart for its secrets; relative to the file that names it.",
      value -> {});

  private final String key;
  private final String defaultValue;
  private final String description;
  private final Check check;

  ConfigurationKey(String key, String defaultValue, String description, Check check) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.description = description;
    this.check = check;
  }

  /** The key as it stands in the file. */
  public String key() {
    return key;
  }

  public String defaultValue() {
    return defaultValue;
  }

  public String description() {
    return description;
  }

  static Optional<ConfigurationKey> of(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
  }

  void check(String value) {
    try {
      check.accept(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
  }

  private static void integer(String value, int minimum, int maximum) {
    BigDecimal number = new BigDecimal(value);
    boolean inRange =
        number.compareTo(BigDecimal.valueOf(minimum)) >= 0
            && number.compareTo(BigDecimal.valueOf(maximum)) <= 0;
    if (!inRange || number.scale() > 0) {
      throw new IllegalArgumentException(
          "must be a whole number from %d to %d".formatted(minimum, maximum));
    }
  }

  /**
   * The URL is printed and logged, so no secret may stand in it; what it points to is not looked
   * at.
   */
  private static void jdbcUrl(String value) {
    if (value.isEmpty()) {
      return;
    }
    if (!value.matches("jdbc:[a-z0-9]+:\\S+")) {
      throw new IllegalArgumentException(
          "must be a JDBC URL, such as jdbc:postgresql://host:5432/db");
    }
    String[] addressAndParameters = value.split("[?;&]");
    boolean secret =
        addressAndParameters[0].contains("@")
            || Arrays.stream(addressAndParameters)
                .skip(1)
                .anyMatch(parameter -> ForeignSettings.isSecret(parameter.split("=", 2)[0]));
    if (secret) {
      throw new IllegalArgumentException(
          "must not hold a user's name or a secret; those are warehouse.jdbc.user and"
              + " warehouse.jdbc.password");
    }
  }

  private interface Check {
    void accept(String value);
  }
}
