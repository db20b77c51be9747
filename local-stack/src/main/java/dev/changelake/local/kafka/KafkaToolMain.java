package dev.changelake.local.kafka;

import dev.changelake.config.ConfigurationFile;
import dev.changelake.config.ConfigurationLocation;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command line in front of Kafka's tools; what follows a tool's name is the tool's. */
@Command(
    name = "changelake kafka",
    description = "Runs one of Kafka's console tools against the configured cluster.",
    footerHeading = "%nTools, as Kafka's kafka-<tool>.sh; `<tool> --help` tells what each takes:%n")
public final class KafkaToolMain {
  @Option(
      names = "--config",
      paramLabel = "<file>",
      description =
          "The configuration; by default $CHANGELAKE_CONFIG, else stack.json of the local stack."
              + " It stands before the tool's name.")
  private Path file;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Parameters(index = "0", paramLabel = "<tool>", description = "The tool's name.")
  private String name;

  @Parameters(
      index = "1..*",
      paramLabel = "<argument>",
      description = "The tool's arguments; the cluster is added unless they name one.")
  private List<String> arguments = List.of();

  private KafkaToolMain() {}

  /** Runs the tool; the exit code is the tool's own. */
  public static void main(String[] args) throws Throwable {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    quietly("logback.configurationFile", "logback-tools.xml");
    // Kafka only asks log4j's API for its core, which is not here on purpose.
    quietly("log4j2.StatusLogger.level", "OFF");
    KafkaToolMain command = new KafkaToolMain();
    CommandLine line = command.line();
    try {
      if (CommandLine.printHelpIfRequested(line.parseArgs(args))) {
        return;
      }
      command.run();
    } catch (ParameterException e) {
      System.exit(line.getParameterExceptionHandler().handleParseException(e, args));
    } catch (ChangelakeException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(e.category().exitCode());
    }
  }

  private CommandLine line() {
    CommandLine line =
        new CommandLine(this)
            .setStopAtPositional(true)
            .setUnmatchedOptionsArePositionalParams(false);
    line.getCommandSpec().usageMessage().footer("  " + String.join("\n  ", KafkaTool.names()));
    return line;
  }

  private void run() throws Throwable {
    KafkaTool tool = KafkaTool.of(name).orElseThrow(() -> unknown(name));
    ToolArguments given = new ToolArguments(tool, arguments);
    PrivateSettings settings = new PrivateSettings();
    // Most tools end the process themselves.
    Runtime.getRuntime().addShutdownHook(new Thread(settings::close, "settings"));
    tool.run(
        given.needsConfiguration() ? given.completed(configuration(), settings) : given.given());
  }

  private Map<String, String> configuration() {
    return ConfigurationFile.read(
            ConfigurationLocation.file(Optional.ofNullable(file), System.getenv()))
        .kafkaClient();
  }

  private static void quietly(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static ChangelakeException unknown(String name) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "There is no Kafka tool '%s'.".formatted(name),
        "The tools are %s.".formatted(String.join(", ", KafkaTool.names())),
        "`bin/changelake kafka <tool> --help` tells what one of them takes.");
  }
}
