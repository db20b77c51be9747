package dev.changelake.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings of another system, passed on under their own names; secrets among them never print. */
public record ForeignSettings(String prefix, Map<String, String> entries) {
  static final String KAFKA = "kafka.";
  static final String S3A = "fs.s3a.";
  static final String SPARK = "spark.";
  static final String WAREHOUSE_JDBC = "warehouse.jdbc.";
  static final String DEBEZIUM = "debezium.";

  /** Every prefix of settings that are passed on. */
  static final List<String> PREFIXES = List.of(KAFKA, S3A, SPARK, WAREHOUSE_JDBC, DEBEZIUM);

  /** Words that mark a secret, or a setting that may hold one among other things. */
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "secret",
          "password",
          "passphrase",
          "token",
          "credential",
          "jaas",
          "access.key",
          "keystore.certificate",
          "user.info",
          "javaoptions");

  public ForeignSettings {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Whether the setting is one of another system. */
  static boolean isForeign(String key) {
    return PREFIXES.stream().anyMatch(key::startsWith);
  }

  /** The settings among the entries that have the prefix. */
  static ForeignSettings of(String prefix, Map<String, String> entries) {
    return new ForeignSettings(
        prefix,
        entries.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The settings under the names that the other system has for them. */
  Map<String, String> withoutPrefix() {
    return entries.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(entries);
    shown.replaceAll((key, value) -> isSecret(key) ? "(redacted)" : value);
    return prefix + "* " + shown;
  }

  static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.endsWith("key") || SECRET_WORDS.stream().anyMatch(lower::contains);
  }
}
