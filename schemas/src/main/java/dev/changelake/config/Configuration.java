package dev.changelake.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A complete, checked configuration.
 *
 * <p>It is written as one flat object. {@code kafka.*}, {@code fs.s3a.*} and {@code spark.*} go to
 * Kafka's clients, Hadoop's S3A and Spark as they are; the other keys are those of {@link
 * ConfigurationKey}. A key that is none of these is refused.
 */
public final class Configuration {
  private final Map<ConfigurationKey, String> own;
  private final ForeignSettings kafka;
  private final ForeignSettings s3a;
  private final ForeignSettings spark;

  private Configuration(Map<ConfigurationKey, String> own, Map<String, String> foreign) {
    this.own = own;
    this.kafka = withPrefix(foreign, ForeignSettings.KAFKA);
    this.s3a = withPrefix(foreign, ForeignSettings.S3A);
    this.spark = withPrefix(foreign, ForeignSettings.SPARK);
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
          } else if (isForeign(key)) {
            foreign.put(key, value);
          } else {
            throw new IllegalArgumentException(
                "%s is not a known key; known are %s, and kafka.*, fs.s3a.*, spark.*"
                    .formatted(key, knownKeys()));
          }
        });
    if (foreign.getOrDefault("kafka.bootstrap.servers", "").isBlank()) {
      throw new IllegalArgumentException("kafka.bootstrap.servers is missing");
    }
    return new Configuration(own, foreign);
  }

  /** Properties for Kafka's clients, without the prefix. */
  public Map<String, String> kafkaClient() {
    return kafka.entries().entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(ForeignSettings.KAFKA.length()),
                Map.Entry::getValue));
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

  public BigDecimal quarantineMaxShare() {
    return new BigDecimal(value(ConfigurationKey.LAKE_QUARANTINE_MAX_SHARE));
  }

  public int topicPartitions() {
    return integer(ConfigurationKey.TOPICS_PARTITIONS);
  }

  public short topicReplicationFactor() {
    return (short) integer(ConfigurationKey.TOPICS_REPLICATION_FACTOR);
  }

  public Optional<Path> contractsDirectory() {
    return Optional.of(value(ConfigurationKey.CONTRACTS_DIRECTORY))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of);
  }

  @Override
  public String toString() {
    return "Configuration" + own + " " + kafka + " " + s3a + " " + spark;
  }

  private String value(ConfigurationKey key) {
    return own.getOrDefault(key, key.defaultValue());
  }

  private int integer(ConfigurationKey key) {
    return new BigDecimal(value(key)).intValueExact();
  }

  private static void check(ConfigurationKey key, String value) {
    try {
      key.check(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s %s, was %s".formatted(key.key(), e.getMessage(), value), e);
    }
  }

  static boolean isForeign(String key) {
    return Stream.of(ForeignSettings.KAFKA, ForeignSettings.S3A, ForeignSettings.SPARK)
        .anyMatch(key::startsWith);
  }

  private static ForeignSettings withPrefix(Map<String, String> entries, String prefix) {
    return new ForeignSettings(
        prefix,
        entries.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static String knownKeys() {
    return Stream.of(ConfigurationKey.values())
        .map(ConfigurationKey::key)
        .collect(Collectors.joining(", "));
  }
}
