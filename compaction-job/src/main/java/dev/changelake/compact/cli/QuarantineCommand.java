package dev.changelake.compact.cli;

import picocli.CommandLine.Command;

/** {@code quarantine}: the records that could not be applied, and their way back. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "The records that could not be applied, and their way back.",
    synopsisSubcommandLabel = "(list | show | replay)",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineReplayCommand.class
    })
final class QuarantineCommand {}
