package dev.changelake.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A complete, checked configuration.
 *
 * <p>It is written as one flat object. {@code kafka.*}, {@code fs.s3a.*}, {@code spark.*}, {@code
 * warehouse.jdbc.*} and {@code debezium.*} go to Kafka's clients, Hadoop's S3A, Spark, the
 * warehouse's driver and Debezium's connector as they are; the other keys are those of {@link
 * ConfigurationKey}. A key that is none of these is refused.
 */
public final class Configuration {
  private final Map<ConfigurationKey, String> own;
  private final ForeignSettings kafka;
  private final ForeignSettings s3a;
  private final ForeignSettings spark;
  private final ForeignSettings warehouseJdbc;
  private final ForeignSettings debezium;

  private Configuration(Map<ConfigurationKey, String> own, Map<String, String> foreign) {
    this.own = own;
    this.kafka = ForeignSettings.of(ForeignSettings.KAFKA, foreign);
    this.s3a = ForeignSettings.of(ForeignSettings.S3A, foreign);
    this.spark = ForeignSettings.of(ForeignSettings.SPARK, foreign);
    this.warehouseJdbc = ForeignSettings.of(ForeignSettings.WAREHOUSE_JDBC, foreign);
    this.debezium = ForeignSettings.of(ForeignSettings.DEBEZIUM, foreign);
  }

  /**
   * Checks the entries.
   *
   * @throws IllegalArgumentException naming the key and what is wrong with it
   */
  public static Configuration of(Map<String, String> entries) {
    Map<ConfigurationKey, String> own = new EnumMap<>(ConfigurationKey.class);
    Map<String, String> foreign = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          Optional<ConfigurationKey> known = ConfigurationKey.of(key);
          if (known.isPresent()) {
            check(known.get(), value);
            own.put(known.get(), value);
          } else if (ForeignSettings.isForeign(key)) {
            foreign.put(key, value);
          } else {
            throw new IllegalArgumentException(
                "%s is not a known key; known are %s, and %s"
                    .formatted(key, knownKeys(), foreignKeys(", ", ", ")));
          }
        });
    if (foreign.getOrDefault("kafka.bootstrap.servers", "").isBlank()) {
      throw new IllegalArgumentException("kafka.bootstrap.servers is missing");
    }
    return new Configuration(own, foreign);
  }

  /** Properties for Kafka's clients, without the prefix. */
  public Map<String, String> kafkaClient() {
    return kafka.withoutPrefix();
  }

  /** Hadoop's S3A options, with their full names. */
  public Map<String, String> s3a() {
    return s3a.entries();
  }

  /** Spark's options, with their full names. */
  public Map<String, String> spark() {
    return spark.entries();
  }

  public String bucket() {
    return value(ConfigurationKey.LAKE_BUCKET);
  }

  public Duration batchRetention() {
    return Duration.ofDays(integer(ConfigurationKey.LAKE_BATCH_RETENTION_DAYS));
  }

  /** Whether tables may have deletion vectors, once a row of theirs is updated or deleted. */
  public boolean deletionVectors() {
    return Boolean.parseBoolean(value(ConfigurationKey.LAKE_DELETION_VECTORS));
  }

  public BigDecimal quarantineMaxShare() {
    return new BigDecimal(value(ConfigurationKey.LAKE_QUARANTINE_MAX_SHARE));
  }

  /** Where batches end unless the command says it. */
  public Align align() {
    return Align.fromCode(value(ConfigurationKey.LAKE_ALIGN));
  }

  /** The topic where Debezium tells of the transactions of a source, by its topic prefix. */
  public String transactionTopic(String prefix) {
    return prefix + "." + debezium().getOrDefault("topic.transaction", "transaction");
  }

  public int topicPartitions() {
    return integer(ConfigurationKey.TOPICS_PARTITIONS);
  }

  public short topicReplicationFactor() {
    return (short) integer(ConfigurationKey.TOPICS_REPLICATION_FACTOR);
  }

  public Optional<Path> contractsDirectory() {
    return given(ConfigurationKey.CONTRACTS_DIRECTORY).map(Path::of);
  }

  /** The folder with further reports; absent when there are only those that Changelake brings. */
  public Optional<Path> reportsDirectory() {
    return given(ConfigurationKey.REPORTS_DIRECTORY).map(Path::of);
  }

  /** The country database; absent when it is the one that Changelake brings. */
  public Optional<Path> geoDatabase() {
    return given(ConfigurationKey.GEO_DATABASE).map(Path::of);
  }

  /** The warehouse's JDBC URL; absent when there is no warehouse. */
  public Optional<String> warehouseUrl() {
    return given(ConfigurationKey.WAREHOUSE_URL);
  }

  public String warehouseSchema() {
    return value(ConfigurationKey.WAREHOUSE_SCHEMA);
  }

  /** The role as which Redshift reads the lake's bucket. */
  public Optional<String> redshiftRole() {
    return given(ConfigurationKey.WAREHOUSE_REDSHIFT_IAM_ROLE);
  }

  /** The region of the lake's bucket; absent when it is that of the cluster. */
  public Optional<String> redshiftRegion() {
    return given(ConfigurationKey.WAREHOUSE_REDSHIFT_REGION);
  }

  /** Properties for the warehouse's JDBC driver, without the prefix. */
  public Map<String, String> warehouseJdbc() {
    return warehouseJdbc.withoutPrefix();
  }

  /** Properties of Debezium's connector and engine, without the prefix. */
  public Map<String, String> debezium() {
    return debezium.withoutPrefix();
  }

  @Override
  public String toString() {
    return Stream.of(kafka, s3a, spark, warehouseJdbc, debezium)
        .map(ForeignSettings::toString)
        .collect(Collectors.joining(" ", "Configuration" + own + " ", ""));
  }

  private String value(ConfigurationKey key) {
    return own.getOrDefault(key, key.defaultValue());
  }

  private Optional<String> given(ConfigurationKey key) {
    return Optional.of(value(key)).filter(value -> !value.isEmpty());
  }

  private int integer(ConfigurationKey key) {
    return new BigDecimal(value(key)).intValueExact();
  }

  private static void check(ConfigurationKey key, String value) {
    try {
      key.check(value);
    } catch (IllegalArgumentException e) {
      // A URL may hold a password where none belongs.
      String shown = key == ConfigurationKey.WAREHOUSE_URL ? "" : ", was " + value;
      throw new IllegalArgumentException(key.key() + " " + e.getMessage() + shown, e);
    }
  }

  private static String knownKeys() {
    return Stream.of(ConfigurationKey.values())
        .map(ConfigurationKey::key)
        .collect(Collectors.joining(", "));
  }

  /** The prefixes that are passed on, as a person would list them. */
  static String foreignKeys(String delimiter, String lastDelimiter) {
    List<String> shown = ForeignSettings.PREFIXES.stream().map(prefix -> prefix + "*").toList();
    int last = shown.size() - 1;
    return String.join(delimiter, shown.subList(0, last)) + lastDelimiter + shown.get(last);
  }
}
