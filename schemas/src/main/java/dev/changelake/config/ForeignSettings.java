package dev.changelake.config;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings of another system, passed on under their own names; secrets among them never print. */
public record ForeignSettings(String prefix, Map<String, String> entries) {
  static final String KAFKA = "kafka.";
  static final String S3A = "fs.s3a.";
  static final String SPARK = "spark.";

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

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(entries);
    shown.replaceAll((key, value) -> isSecret(key) ? "(redacted)" : value);
    return prefix + "* " + shown;
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.endsWith("key") || SECRET_WORDS.stream().anyMatch(lower::contains);
  }
}
