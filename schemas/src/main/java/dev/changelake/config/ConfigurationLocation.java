package dev.changelake.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a command finds its configuration when nobody names one. */
public final class ConfigurationLocation {
  /** The environment variable that names a configuration file. */
  public static final String FILE_VARIABLE = "CHANGELAKE_CONFIG";

  /** The environment variable that names the local stack's folder. */
  public static final String DIRECTORY_VARIABLE = "CHANGELAKE_DIR";

  /** The file that the local stack writes into its folder. */
  public static final String STACK_FILE = "stack.json";

  private ConfigurationLocation() {}

  /** The local stack's folder: as given, else from the environment, else {@code .changelake}. */
  public static Path directory(Optional<Path> given, Map<String, String> environment) {
    return given
        .or(() -> variable(environment, DIRECTORY_VARIABLE))
        .orElseGet(() -> Path.of(".changelake"));
  }

  /** The configuration file: as given, else from the environment, else the local stack's. */
  public static Path file(Optional<Path> given, Map<String, String> environment) {
    return given
        .or(() -> variable(environment, FILE_VARIABLE))
        .orElseGet(() -> directory(Optional.empty(), environment).resolve(STACK_FILE));
  }

  /** A variable that is set to nothing counts as one that is not set. */
  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
