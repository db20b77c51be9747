package dev.changelake.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a configuration from a JSON file and, where it names one, from its file of secrets. */
public final class ConfigurationFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Keys whose value is a path, relative to the file that names it. */
  private static final List<ConfigurationKey> PATHS =
      List.of(
          ConfigurationKey.CONTRACTS_DIRECTORY,
          ConfigurationKey.REPORTS_DIRECTORY,
          ConfigurationKey.GEO_DATABASE);

  private ConfigurationFile() {}

  /**
   * Reads and checks the file.
   *
   * @throws ChangelakeException of category usage, naming the file and the key
   */
  public static Configuration read(Path file) {
    try {
      Map<String, String> entries = parse(file);
      named(entries, ConfigurationKey.SECRETS_FILE)
          .ifPresent(secrets -> entries.putAll(secrets(file.resolveSibling(secrets))));
      for (ConfigurationKey key : PATHS) {
        named(entries, key)
            .map(path -> file.resolveSibling(path).toString())
            .ifPresent(path -> entries.put(key.key(), path));
      }
      return Configuration.of(entries);
    } catch (NoSuchFileException e) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "There is no configuration at %s.".formatted(file),
          "Every command needs to know the Kafka cluster and the object store.",
          "Start the local stack with `bin/changelake local up`, or name a file with --config.");
    } catch (JsonProcessingException e) {
      // Not the parser's message: it may quote the file, which may hold a secret.
      throw refused(file, "it is not one JSON object" + place(e.getLocation()));
    } catch (IllegalArgumentException e) {
      throw refused(file, e.getMessage());
    } catch (IOException e) {
      throw refused(file, "it cannot be read: " + e);
    }
  }

  private static Optional<String> named(Map<String, String> entries, ConfigurationKey key) {
    return Optional.ofNullable(entries.get(key.key())).filter(value -> !value.isEmpty());
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ": see line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static Map<String, String> parse(Path file) throws IOException {
    JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
    if (root == null || !root.isObject()) {
      throw new IllegalArgumentException("it must be one JSON object");
    }
    Map<String, String> entries = new TreeMap<>();
    root.properties()
        .forEach(
            property -> {
              if (!property.getValue().isValueNode() || property.getValue().isNull()) {
                throw new IllegalArgumentException(
                    property.getKey() + " must be a string, a number or a boolean");
              }
              entries.put(property.getKey(), property.getValue().asText());
            });
    return entries;
  }

  private static Map<String, String> secrets(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("its secrets.file cannot be read: " + e, e);
    }
    Map<String, String> entries = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!ForeignSettings.isForeign(key)) {
        throw new IllegalArgumentException(
            "%s in %s: only %s belong there"
                .formatted(key, file, Configuration.foreignKeys(", ", " and ")));
      }
      entries.put(key, properties.getProperty(key));
    }
    return entries;
  }

  private static ChangelakeException refused(Path file, String why) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "The configuration %s is refused.".formatted(file),
        why + ".",
        "Correct the file; docs/configuration.md lists every key with its default.");
  }
}
