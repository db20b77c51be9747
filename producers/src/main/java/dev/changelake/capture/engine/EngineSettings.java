package dev.changelake.capture.engine;

import dev.changelake.capture.source.CapturedTables;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The properties of Debezium's engine and of its PostgreSQL connector: what keeps the log whole is
 * fixed, the rest is a default that {@code debezium.*} may change.
 */
public final class EngineSettings {
  private static final String PUBLICATION = "publication.name";
  private static final String SLOT = "slot.name";
  private static final String PREFIX = "topic.prefix";
  private static final String OFFSETS = "offset.storage.topic";

  /** What this command decides: with something else rows could be lost without a word. */
  private static final Set<String> FIXED =
      Set.of(
          "name",
          "connector.class",
          "errors.max.retries",
          "message.key.columns",
          "message.prefix.exclude.list",
          "message.prefix.include.list",
          "notification.enabled.channels",
          "offset.mismatch.strategy",
          "predicates",
          "publication.autocreate.mode",
          "schema.exclude.list",
          "schema.include.list",
          "snapshot.include.collection.list",
          "snapshot.select.statement.overrides",
          "table.exclude.list",
          "topic.delimiter",
          "topic.naming.strategy",
          "transforms",
          "unavailable.value.placeholder",
          "plugin.name",
          "table.include.list",
          "snapshot.mode",
          "event.converting.failure.handling.mode",
          "event.processing.failure.handling.mode",
          "offset.storage",
          "offset.storage.partitions",
          "offset.storage.replication.factor",
          "record.processing.order",
          "slot.drop.on.stop",
          "tombstones.on.delete",
          "key.converter.schemas.enable",
          "value.converter.schemas.enable");

  private static final List<String> FIXED_GROUPS =
      List.of("internal.", "predicates.", "snapshot.select.statement.overrides.", "transforms.");

  private final Configuration configuration;
  private final Map<String, String> given;
  private final Map<String, String> kafka;
  private final CapturedTables tables;

  /** The settings of a configuration for these tables. */
  public EngineSettings(Configuration configuration, CapturedTables tables) {
    this.configuration = configuration;
    this.given = configuration.debezium();
    this.kafka = configuration.kafkaClient();
    this.tables = tables;
    Set<String> refused = new TreeSet<>(given.keySet());
    refused.removeIf(
        key -> !FIXED.contains(key) && FIXED_GROUPS.stream().noneMatch(key::startsWith));
    if (!refused.isEmpty()) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "Capturing decides %s itself."
              .formatted(
                  refused.stream().map(key -> "debezium." + key).collect(Collectors.joining(", "))),
          "With another value rows could be lost without a word.",
          "Remove these keys from the configuration; docs/capture.md says what each is set to.");
    }
  }

  /** The replication slot that keeps the log for this capture. */
  public String slot() {
    return given.getOrDefault(
        SLOT, "changelake_" + tables.prefix().toLowerCase(Locale.ROOT).replaceAll("\\W", "_"));
  }

  /** The publication whose tables are captured. */
  public String publication() {
    return given.getOrDefault(PUBLICATION, slot());
  }

  /** The topic of positions. */
  public String offsetsTopic() {
    return given.getOrDefault(OFFSETS, tables.prefix() + ".changelake-capture-offsets");
  }

  /** The topic of transactions, if {@code provide.transaction.metadata} asks for them. */
  public String transactionTopic() {
    return configuration.transactionTopic(tables.prefix());
  }

  /** The name under which Debezium keeps its position. */
  public String engine() {
    return "changelake-capture-" + tables.prefix();
  }

  /**
   * All properties.
   *
   * @param inlineSchema whether messages carry their schema
   */
  public Properties properties(boolean inlineSchema) {
    Map<String, String> all = new TreeMap<>(kafka);
    all.put(PREFIX, tables.prefix());
    all.put(SLOT, slot());
    all.put(PUBLICATION, publication());
    // Debezium's own default leaves truncates out without a word.
    all.put("skipped.operations", "none");
    // A null stays null, whatever default its column has.
    all.put("value.converter.replace.null.with.default", "false");
    all.put("key.converter.replace.null.with.default", "false");
    all.put("header.converter.schemas.enable", "false");
    // What is repeated after a kill is at most what came since.
    all.put("offset.flush.interval.ms", "1000");
    all.put("offset.flush.timeout.ms", "15000");
    all.put(OFFSETS, offsetsTopic());
    all.putAll(given);

    all.put("name", engine());
    all.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    all.put("plugin.name", "pgoutput");
    all.put("table.include.list", tableList());
    all.put("snapshot.mode", "initial");
    // Debezium's own default puts null where a value cannot be converted.
    all.put("event.converting.failure.handling.mode", "fail");
    all.put("event.processing.failure.handling.mode", "fail");
    all.put("offset.storage", "org.apache.kafka.connect.storage.KafkaOffsetBackingStore");
    all.put("offset.storage.partitions", "1");
    // The topic is there already.
    all.put("offset.storage.replication.factor", "1");
    all.put("record.processing.order", "ORDERED");
    // A snapshot that Debezium itself begins anew would go on with the log from later than the
    // slot.
    all.put("errors.max.retries", "0");
    // Debezium would ask for its tables on the connection that reads the log: see Publication.
    all.put("publication.autocreate.mode", "disabled");
    all.put("slot.drop.on.stop", "false");
    all.put("tombstones.on.delete", "true");
    all.put("key.converter.schemas.enable", String.valueOf(inlineSchema));
    all.put("value.converter.schemas.enable", String.valueOf(inlineSchema));
    Properties properties = new Properties();
    properties.putAll(all);
    return properties;
  }

  /** Debezium takes a list of patterns, which it would match in any case. */
  private String tableList() {
    return tables.tables().stream()
        .map(table -> Pattern.compile("\\W").matcher(table.qualified()).replaceAll("\\\\$0"))
        .map(table -> "(?-i)" + table)
        .collect(Collectors.joining(","));
  }
}
