package dev.changelake.produce.cli;

import dev.changelake.commandline.CommonOptions;
import dev.changelake.commandline.SchemaForm;
import dev.changelake.produce.store.Destination;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all commands share. */
final class RunOptions {
  @Mixin private CommonOptions common;

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

  LocalDate date() {
    return date;
  }

  long seed() {
    return seed;
  }

  Optional<Path> config() {
    return common.config();
  }

  boolean inlineSchema() {
    return common.schema() == SchemaForm.INLINE;
  }

  Destination into() {
    return into;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return common.json();
  }
}
