package dev.changelake.compact.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.changelake.compact.store.LakeFiles;
import dev.changelake.compact.store.SealedJson;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the result of each run in the lake. */
public final class RunResults {
  private static final String FOLDER = "data/_changelake/results";
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Logger LOGGER = LoggerFactory.getLogger(RunResults.class);

  private final LakeFiles files;
  private final String writer;

  public RunResults(LakeFiles files, String writer) {
    this.files = files;
    this.writer = writer;
  }

  public void add(RunResult result) {
    String name =
        "%s/%s/%s-%s-%s.json"
            .formatted(
                FOLDER,
                result.batch(),
                STARTED.format(result.startedAt()),
                result.status().name().toLowerCase(Locale.ROOT),
                writer);
    files.putIfAbsent(name, json(result));
  }

  /** Keeps the result of a failed run; that the store does not answer may be what failed. */
  public void addIfPossible(RunResult result) {
    try {
      add(result);
    } catch (RuntimeException e) {
      LOGGER.warn("The result of the failed run is not kept in the lake: {}", e.toString());
    }
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
