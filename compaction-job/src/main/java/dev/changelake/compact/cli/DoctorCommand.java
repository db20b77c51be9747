package dev.changelake.compact.cli;

import dev.changelake.compact.console.StepPrinter;
import dev.changelake.compact.doctor.Diagnosis;
import dev.changelake.compact.doctor.Doctor;
import dev.changelake.compact.doctor.DoctorErrors;
import dev.changelake.compact.doctor.KafkaTopics;
import dev.changelake.compact.doctor.LastBatch;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.KafkaTopicOffsets;
import dev.changelake.compact.result.Failures;
import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doctor}: what at the source makes tables wrong, or could. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the settings of the topics and a sample of their records, and names what makes tables"
          + " wrong or could: nothing is written, nothing committed.",
      "Ends with exit code 11 if it finds an error."
    })
final class DoctorCommand implements Callable<Integer> {
  /** What takes no longer shows no progress. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Spec private CommandSpec spec;

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--table",
      paramLabel = "<table>",
      description = "Only the topic of this table; may be given several times.")
  private Set<String> tables = new LinkedHashSet<>();

  @Option(
      names = "--sample",
      paramLabel = "<records>",
      defaultValue = "1000",
      description =
          "Read at most so many records of each partition, most from its end (default:"
              + " ${DEFAULT-VALUE}).")
  private int sample;

  @Option(
      names = "--without-lake",
      description = "Ask the topics alone, as before a first batch: nothing counts as landed.")
  private boolean withoutLake;

  @Option(names = "--strict", description = "Fail for warnings too.")
  private boolean strict;

  @Option(names = "--json", description = "Print what was found as JSON, a failure too.")
  private boolean json;

  @Override
  public Integer call() {
    if (sample < 1) {
      throw new ParameterException(
          spec.commandLine(), "--sample must be at least 1, was " + sample);
    }
    Clock clock = Clock.systemUTC();
    Instant started = clock.instant();
    DiagnosisPrinter printer = new DiagnosisPrinter(spec.commandLine().getOut());
    Diagnosis diagnosis;
    try {
      diagnosis = examine(configuration.read(), clock, started);
    } catch (RuntimeException e) {
      if (json) {
        Failures.explained(e)
            .map(failure -> Diagnosis.failed(Failure.of(failure), started))
            .ifPresent(failed -> printer.print(failed, true));
      }
      throw e;
    }
    printer.print(diagnosis, json);
    diagnosis
        .failure()
        .ifPresent(failure -> spec.commandLine().getErr().println("error: " + failure.message()));
    return diagnosis.failure().map(Failure::exitCode).orElse(0);
  }

  private Diagnosis examine(Configuration settings, Clock clock, Instant started) {
    Optional<LastBatch> last = lastBatch(settings, clock);
    TableContracts contracts = TableContracts.load(settings.contractsDirectory());
    Collection<TableContract> wanted =
        wanted(
            last.map(batch -> batch.plan().evolved(contracts)).orElse(contracts),
            last.map(batch -> batch.plan().retired()).orElse(Set.of()));
    // Topics that the client may not see are named together, before any is sampled.
    new KafkaTopicOffsets(settings.kafkaClient())
        .read(wanted.stream().map(TableContract::topic).toList());
    Doctor doctor = new Doctor(new KafkaTopics(settings.kafkaClient(), sample, clock));
    StepPrinter progress = new StepPrinter(System.err);
    Instant impatient = started.plus(PATIENCE);
    Diagnosis found =
        doctor.examine(
            wanted,
            last,
            started,
            looked -> {
              if (clock.instant().isAfter(impatient)) {
                progress.done("looked at", looked.topic(), looked.sampled() + " records");
              }
            });
    return DoctorErrors.of(found, strict).map(Failure::of).map(found::failing).orElse(found);
  }

  private Collection<TableContract> wanted(TableContracts contracts, Set<String> retired) {
    return tables.isEmpty()
        ? contracts.all().stream().filter(contract -> !retired.contains(contract.table())).toList()
        : tables.stream()
            .map(
                table ->
                    contracts
                        .find(table)
                        .orElseThrow(() -> DoctorErrors.unknownTable(table, contracts)))
            .toList();
  }

  private Optional<LastBatch> lastBatch(Configuration settings, Clock clock) {
    if (withoutLake) {
      return Optional.empty();
    }
    try {
      return Lake.find(settings, SparkSessions.hadoop(settings), clock).flatMap(LastBatch::of);
    } catch (RuntimeException e) {
      throw Failures.explained(e).map(DoctorErrors::ofLake).orElseThrow(() -> e);
    }
  }
}
