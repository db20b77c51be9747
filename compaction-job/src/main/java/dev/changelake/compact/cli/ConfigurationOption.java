package dev.changelake.compact.cli;

import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.config.ConfigurationLocation;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      paramLabel = "<file>",
      description =
          "The configuration; by default $CHANGELAKE_CONFIG, else stack.json of the local stack.")
  private Path file;

  Configuration read() {
    return ConfigurationFile.read(
        ConfigurationLocation.file(Optional.ofNullable(file), System.getenv()));
  }
}
