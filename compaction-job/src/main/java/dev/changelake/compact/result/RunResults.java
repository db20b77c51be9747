package dev.changelake.compact.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the result of each run in the lake. */
public final class RunResults {
  private static final String FOLDER = "data/_changelake/results";
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Logger LOGGER = LoggerFactory.getLogger(RunResults.class);

  private final LakeFiles files;
  private final Function<RunResult, String> name;

  private RunResults(LakeFiles files, Function<RunResult, String> name) {
    this.files = files;
    this.name = name;
  }

  /** Results that are named by their start and their writer. */
  public RunResults(LakeFiles files, String writer) {
    this(
        files,
        result ->
            "%s-%s-%s"
                .formatted(
                    STARTED.format(result.startedAt()),
                    result.status().name().toLowerCase(Locale.ROOT),
                    writer));
  }

  /**
   * The results of one run, where its scheduler looks for them.
   *
   * @throws ChangelakeException of category usage if a run of that id has its result already
   */
  public RunResults of(RunId run, BatchId batch) {
    if (files.read(path(batch, run.text())).isPresent()) {
      throw taken(run, batch);
    }
    return new RunResults(files, result -> run.text());
  }

  public void add(RunResult result) {
    files.putIfAbsent(path(result.batch(), name.apply(result)), json(result));
  }

  /** Keeps the result of a failed run; that the store does not answer may be what failed. */
  public void addIfPossible(RunResult result) {
    try {
      add(result);
    } catch (RuntimeException e) {
      LOGGER.warn("The result of the failed run is not kept in the lake: {}", e.toString());
    }
  }

  private static String path(BatchId batch, String name) {
    return "%s/%s/%s.json".formatted(FOLDER, batch, name);
  }

  private static ChangelakeException taken(RunId run, BatchId batch) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "There is a result of run %s of batch %s already.".formatted(run, batch),
        "A scheduler that asks for this run would take that result for the new run's.",
        "Give each run an id of its own with --run.");
  }

  /** The result as JSON text. */
  public static byte[] json(RunResult result) {
    try {
      return SealedJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result of records can be written", e);
    }
  }
}
