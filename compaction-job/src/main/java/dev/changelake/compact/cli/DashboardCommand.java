package dev.changelake.compact.cli;

import dev.changelake.compact.dashboard.DashboardPages;
import dev.changelake.compact.dashboard.DashboardServer;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.query.AsOf;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.service.launcher.IrqHandler;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dashboard}: the pages that {@code report} made, in a browser. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = {
      "Serves the dashboards that report made on 127.0.0.1, and opens the page, until Ctrl-C.",
      "Nothing is written; by default the index over all batches is opened."
    })
final class DashboardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @ArgGroup private Which which = new Which();

  /** Which batch's page is opened. */
  private static final class Which {
    @Option(
        names = "--batch",
        paramLabel = "<id>",
        description = "Open the page of this finished batch, for example 2020-06-22.")
    private String batch;

    @Option(
        names = "--as-of",
        paramLabel = "<batch|date|time>",
        description =
            "Open the page of the batch as of a batch id, a business date, or a moment with its"
                + " zone.")
    private String asOf;
  }

  @Option(
      names = "--port",
      paramLabel = "<n>",
      defaultValue = "8090",
      description = "The port; 0 takes any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--no-browser", description = "Print the address, and open nothing.")
  private boolean noBrowser;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from 0 to 65535, was " + port);
    }
    Optional<BatchId> batch =
        Optional.ofNullable(which.batch).map(id -> CompactCommand.batchId(spec, id));
    Configuration settings = configuration.read();
    Lake lake = Lake.openToRead(settings, SparkSessions.hadoop(settings), Clock.systemUTC());
    DashboardPages pages = new DashboardPages(lake);
    String path =
        batch
            .map(pages::of)
            .or(
                () ->
                    Optional.ofNullable(which.asOf)
                        .map(asOf -> pages.of(new AsOf(lake.batches()).find(Optional.of(asOf)))))
            .orElseGet(pages::index);
    CountDownLatch ended = new CountDownLatch(1);
    // Ctrl-C is how this ends, and no failure: a virtual machine's own exit code for it is 130.
    new IrqHandler(IrqHandler.CONTROL_C, interrupt -> ended.countDown()).bind();
    try (DashboardServer server = DashboardServer.start(lake, port)) {
      URI address = server.address(path);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("The dashboard is at %s until Ctrl-C.%n", address);
      out.flush();
      if (!noBrowser) {
        WebBrowser.open(address);
      }
      ended.await();
    }
    return 0;
  }
}
