package dev.changelake.produce.cli;

import dev.changelake.commandline.SchemaForm;
import dev.changelake.produce.store.Destination;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that all commands share. */
final class RunOptions {
  @Option(
      names = "--date",
      required = true,
      paramLabel = "<yyyy-mm-dd>",
      converter = DateConverter.class,
      description = "The business date, in UTC.")
  private LocalDate date;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<number>",
      description = "What all draws follow from; by default ${DEFAULT-VALUE}.")
  private long seed;

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

  @Option(
      names = "--into",
      defaultValue = "kafka",
      paramLabel = "<where>",
      description =
          "Where changes are written: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}. Those"
              + " of the database are published by `capture`.")
  private Destination into;

  @Option(
      names = "--dry-run",
      description = "Tell what would be written, and write nothing; Kafka is not asked.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON, that of a failed run too.")
  private boolean json;

  LocalDate date() {
    return date;
  }

  long seed() {
    return seed;
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  boolean inlineSchema() {
    return schema == SchemaForm.INLINE;
  }

  Destination into() {
    return into;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }
}
