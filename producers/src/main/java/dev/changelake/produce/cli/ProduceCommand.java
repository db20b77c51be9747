package dev.changelake.produce.cli;

import dev.changelake.commandline.CommandLines;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.config.ConfigurationLocation;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.produce.database.DatabaseSink;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.CountingSink;
import dev.changelake.produce.publish.EventEncoder;
import dev.changelake.produce.publish.EventSink;
import dev.changelake.produce.publish.KafkaSink;
import dev.changelake.produce.run.ProduceRun;
import dev.changelake.produce.run.Request;
import dev.changelake.produce.run.RunResult;
import dev.changelake.produce.store.ObjectStore;
import dev.changelake.produce.store.S3ObjectStore;
import dev.changelake.produce.store.UnwrittenStore;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands of the mock platform. */
@Command(
    name = "changelake produce",
    description = "Writes the mock B2B platform's change events and raw files.",
    synopsisSubcommandLabel = "(init | daily | companies)")
public final class ProduceCommand {
  private static final String ROWS = "<number>";

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  private ProduceCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs the command line and returns its exit code. */
  public static int run(
      Map<String, String> environment, PrintStream out, PrintStream err, String... args) {
    return CommandLines.of(new ProduceCommand(environment, out, err), out, err).execute(args);
  }

  @Command(
      description = {
        "Write the four base tables as a snapshot, once.",
        "Run again it finds them written, and does nothing."
      })
  int init(
      @Mixin RunOptions options,
      @Option(
              names = "--again",
              description = "Write them again, for example to topics that were lost.")
          boolean again,
      @Option(
              names = "--rows",
              defaultValue = "5000",
              paramLabel = ROWS,
              description = "Rows of each table; by default ${DEFAULT-VALUE}.")
          int rows) {
    return run(Task.INIT, options, rows, again);
  }

  @Command(description = "Write a day's leads, company orders and web log, and changes of leads.")
  int daily(
      @Mixin RunOptions options,
      @Option(
              names = "--rows",
              defaultValue = "2000",
              paramLabel = ROWS,
              description =
                  "New rows of each table; by default ${DEFAULT-VALUE}. Leads of the day before"
                      + " change too: use the same number on each day.")
          int rows) {
    return run(Task.DAILY, options, rows, false);
  }

  @Command(description = "Write a day's changes of companies.")
  int companies(
      @Mixin RunOptions options,
      @Option(
              names = "--rows",
              defaultValue = "200",
              paramLabel = ROWS,
              description = "Changes; by default ${DEFAULT-VALUE}.")
          int rows) {
    return run(Task.COMPANIES, options, rows, false);
  }

  private int run(Task task, RunOptions options, int rows, boolean again) {
    Request request = request(task, options, rows, again);
    try {
      RunResult result = run(request, options);
      out.print(options.json() ? ResultText.json(result) : ResultText.plain(result));
      return CommandLine.ExitCode.OK;
    } catch (ChangelakeException e) {
      if (options.json()) {
        out.print(ResultText.json(task, e));
      }
      throw e;
    }
  }

  private RunResult run(Request request, RunOptions options) {
    Configuration configuration =
        ConfigurationFile.read(ConfigurationLocation.file(options.config(), environment));
    TableContracts contracts = TableContracts.load(configuration.contractsDirectory());
    EventEncoder encoder = new EventEncoder(contracts, options.inlineSchema());
    try (ObjectStore store = S3ObjectStore.open(configuration)) {
      return new ProduceRun(
              contracts,
              request.dryRun() ? new UnwrittenStore(store) : store,
              sink(request, configuration, contracts, encoder),
              Progresses.on(err))
          .run(request);
    }
  }

  private static EventSink sink(
      Request request,
      Configuration configuration,
      TableContracts contracts,
      EventEncoder encoder) {
    if (request.dryRun()) {
      return new CountingSink(encoder);
    }
    return switch (request.into()) {
      case KAFKA -> new KafkaSink(configuration, encoder);
      case DATABASE -> new DatabaseSink(configuration, contracts, request.seed());
    };
  }

  private Request request(Task task, RunOptions options, int rows, boolean again) {
    try {
      return new Request(
          task, options.date(), options.seed(), rows, options.into(), options.dryRun(), again);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.subcommands().get(task.command()), e.getMessage(), e);
    }
  }
}
