package dev.changelake.capture.engine;

import dev.changelake.capture.source.CapturedTables;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
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
  private static final String SLOT = "slot.name";
  private static final String PREFIX = "topic.prefix";
  private static final String OFFSETS = "offset.storage.topic";

  /** What this command decides: with something else rows could be lost without a word. */
  private static final Set<String> FIXED =
      Set.of(
          "name",
          "connector.class",
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

  private final Map<String, String> given;
  private final Map<String, String> kafka;
  private final CapturedTables tables;

  /** The settings of a configuration for these tables. */
  public EngineSettings(Configuration configuration, CapturedTables tables) {
    this.given = configuration.debezium();
    this.kafka = configuration.kafkaClient();
    this.tables = tables;
    Set<String> refused = new TreeSet<>(given.keySet());
    refused.retainAll(FIXED);
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
    return given.getOrDefault(SLOT, "changelake_" + tables.prefix().replaceAll("\\W", "_"));
  }

  /** The topic of positions. */
  public String offsetsTopic() {
    return given.getOrDefault(OFFSETS, tables.prefix() + ".changelake-capture-offsets");
  }

  /** The topic of the database's logical messages. */
  public String messagesTopic() {
    return tables.prefix() + ".message";
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
    all.put("publication.name", slot());
    all.put("publication.autocreate.mode", "filtered");
    // Debezium's own default leaves truncates out without a word.
    all.put("skipped.operations", "none");
    // A null stays null, whatever default its column has.
    all.put("value.converter.replace.null.with.default", "false");
    all.put("key.converter.replace.null.with.default", "false");
    all.put("header.converter.schemas.enable", "false");
    // What is repeated after a kill is at most what came since.
    all.put("offset.flush.interval.ms", "1000");
    all.put("offset.flush.timeout.ms", "15000");
    all.put("errors.max.retries", "3");
    all.put(OFFSETS, offsetsTopic());
    all.putAll(given);

    all.put("name", "changelake-capture-" + tables.prefix());
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
    all.put("slot.drop.on.stop", "false");
    all.put("tombstones.on.delete", "true");
    all.put("key.converter.schemas.enable", String.valueOf(inlineSchema));
    all.put("value.converter.schemas.enable", String.valueOf(inlineSchema));
    Properties properties = new Properties();
    properties.putAll(all);
    return properties;
  }

  /** Debezium takes a list of patterns. */
  private String tableList() {
    return tables.tables().stream()
        .map(table -> Pattern.compile("\\W").matcher(table.qualified()).replaceAll("\\\\$0"))
        .collect(Collectors.joining(","));
  }
}
