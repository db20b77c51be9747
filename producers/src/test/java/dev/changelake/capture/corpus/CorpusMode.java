package dev.changelake.capture.corpus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Settings under which the tables are captured once.
 *
 * @param tables those that the settings make a difference to
 * @param settings what differs from the settings that all modes share
 */
record CorpusMode(String name, List<String> tables, Map<String, String> settings) {
  /** The one list of modes: each value of each setting that changes how a value is written. */
  static final List<CorpusMode> ALL =
      List.of(
          everything("defaults"),
          everything("defaults-schemaless", "schemas.enable", "false"),
          numbers("decimal-string", "decimal.handling.mode", "string"),
          numbers("decimal-double", "decimal.handling.mode", "double"),
          numbers("decimal-number", "decimal.format", "NUMERIC"),
          numbers(
              "decimal-number-schemaless", "decimal.format", "NUMERIC", "schemas.enable", "false"),
          times("time-adaptive-microseconds", "time.precision.mode", "adaptive_time_microseconds"),
          times("time-connect", "time.precision.mode", "connect"),
          times("time-isostring", "time.precision.mode", "isostring"),
          times(
              "time-isostring-schemaless",
              "time.precision.mode",
              "isostring",
              "schemas.enable",
              "false"),
          times("time-microseconds", "time.precision.mode", "microseconds"),
          times("time-nanoseconds", "time.precision.mode", "nanoseconds"),
          times("interval-string", "interval.handling.mode", "string"),
          bytes("binary-base64", "binary.handling.mode", "base64"),
          bytes("binary-base64-url-safe", "binary.handling.mode", "base64-url-safe"),
          bytes("binary-hex", "binary.handling.mode", "hex"),
          bytes("hstore-map", "hstore.handling.mode", "map"),
          bytes("hstore-map-schemaless", "hstore.handling.mode", "map", "schemas.enable", "false"),
          new CorpusMode(
              "unknown-types",
              List.of("texts", "bytes"),
              Map.of("include.unknown.datatypes", "true")),
          new CorpusMode(
              "nulls-as-defaults", List.of("texts"), Map.of("replace.null.with.default", "true")),
          flattened("drop"),
          flattened("tombstone"),
          flattened("rewrite"),
          flattened("rewrite-with-tombstone"),
          flattened("delete-to-tombstone"));

  CorpusMode {
    Objects.requireNonNull(name, "name");
    tables = List.copyOf(tables);
    settings = Map.copyOf(settings);
  }

  private static CorpusMode everything(String name, String... settings) {
    return mode(name, CorpusDatabase.TABLES, settings);
  }

  private static CorpusMode numbers(String name, String... settings) {
    return mode(name, List.of("numbers", "arrays", "large"), settings);
  }

  private static CorpusMode times(String name, String... settings) {
    return mode(name, List.of("times", "arrays", "large"), settings);
  }

  private static CorpusMode bytes(String name, String... settings) {
    return mode(name, List.of("bytes", "arrays", "large"), settings);
  }

  private static CorpusMode flattened(String deletes) {
    return mode(
        "flattened-" + deletes,
        List.of("numbers", "large"),
        "transforms",
        "unwrap",
        "transforms.unwrap.type",
        "io.debezium.transforms.ExtractNewRecordState",
        "transforms.unwrap.delete.tombstone.handling.mode",
        deletes,
        "transforms.unwrap.add.fields",
        "op,table,lsn,source.ts_ms");
  }

  private static CorpusMode mode(String name, List<String> tables, String... settings) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      pairs.put(settings[i], settings[i + 1]);
    }
    return new CorpusMode(name, tables, pairs);
  }

  /** The settings of connector and converters, but for the connection to the database. */
  Map<String, String> properties() {
    Map<String, String> all = new TreeMap<>();
    all.put("topic.prefix", "corpus");
    all.put("plugin.name", "pgoutput");
    all.put("publication.autocreate.mode", "filtered");
    all.put("table.include.list", "public\\.(" + String.join("|", tables) + ")");
    // The defaults leave truncates out, and turn a null into its column's default.
    all.put("skipped.operations", "none");
    putConverters(all, "replace.null.with.default", "false");
    putConverters(all, "schemas.enable", "true");
    settings.forEach(
        (key, value) -> {
          if (isOfConverter(key)) {
            putConverters(all, key, value);
          } else {
            all.put(key, value);
          }
        });
    return all;
  }

  private static boolean isOfConverter(String key) {
    return List.of("schemas.enable", "decimal.format", "replace.null.with.default").contains(key);
  }

  private static void putConverters(Map<String, String> all, String key, String value) {
    all.put("key.converter." + key, value);
    all.put("value.converter." + key, value);
  }
}
