package dev.changelake.produce.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.world.WorldParameters;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The files that say with what the platform of this lake started, and that its start is written.
 * Each is written once.
 */
public final class StartFile {
  public static final String PATH = "data/init/_mock.json";
  private static final String DONE_PATH = "data/init/_SUCCESS";
  private static final int SCHEMA_VERSION = 2;

  /** When the platform could write into Kafka alone. */
  private static final int BEFORE_DESTINATIONS = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final ObjectStore store;

  public StartFile(ObjectStore store) {
    this.store = store;
  }

  /** With what the platform started; empty if it has not. */
  public Optional<Start> read() {
    return store.get(PATH).map(StartFile::parse);
  }

  /**
   * Writes the file if there is none.
   *
   * @return what the file holds now, which another run may have written
   */
  public Start writeIfAbsent(Start start) {
    if (store.putIfAbsent(PATH, content(start))) {
      return start;
    }
    return read().orElseThrow(() -> new IllegalStateException(PATH + " appeared and vanished"));
  }

  /** Whether all files and events of the start were written, to the last acknowledgement. */
  public boolean isDone() {
    return store.get(DONE_PATH).isPresent();
  }

  /** Says that all of the start is written. */
  public void markDone() {
    store.put(DONE_PATH, new byte[0]);
  }

  private static byte[] content(Start start) {
    WorldParameters parameters = start.world();
    try {
      return MAPPER.writeValueAsBytes(
          new Content(
              SCHEMA_VERSION,
              parameters.seed(),
              parameters.rows(),
              parameters.start().toString(),
              start.into().toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of numbers and text can be written", e);
    }
  }

  private static Start parse(byte[] bytes) {
    try {
      Content content = MAPPER.readValue(bytes, Content.class);
      if (content.schemaVersion() != SCHEMA_VERSION
          && content.schemaVersion() != BEFORE_DESTINATIONS) {
        throw new IllegalArgumentException(
            "its schemaVersion is %s, known is %s"
                .formatted(content.schemaVersion(), SCHEMA_VERSION));
      }
      return new Start(
          new WorldParameters(content.seed(), content.rows(), LocalDate.parse(content.date())),
          content.schemaVersion() == BEFORE_DESTINATIONS
              ? Destination.KAFKA
              : Destination.fromCode(content.into()));
    } catch (IOException | RuntimeException e) {
      throw new ChangelakeException(
              ErrorCategory.DATA,
              "%s is not as `produce init` writes it.".formatted(PATH),
              e.getMessage(),
              "Use the version of Changelake that wrote it, or start a new lake: another bucket,"
                  + " or another folder of the local stack.")
          .causedBy(e);
    }
  }

  private record Content(int schemaVersion, long seed, int rows, String date, String into) {}
}
