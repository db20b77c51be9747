package dev.changelake.commandline;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that all commands of producers share. */
public final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "<file>",
      description =
          "The configuration; by default $$CHANGELAKE_CONFIG, else stack.json in"
              + " $$CHANGELAKE_DIR, else .changelake/stack.json.")
  private Path config;

  @Option(
      names = "--schema",
      defaultValue = "none",
      paramLabel = "<form>",
      description =
          "Whether messages carry their schema: ${COMPLETION-CANDIDATES}; by default"
              + " ${DEFAULT-VALUE}.")
  private SchemaForm schema;

  @Option(names = "--json", description = "Print the result as JSON, that of a failed run too.")
  private boolean json;

  /** The configuration that the command line names. */
  public Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** Whether messages carry their schema. */
  public SchemaForm schema() {
    return schema;
  }

  /** Whether the result is printed as JSON. */
  public boolean json() {
    return json;
  }
}
