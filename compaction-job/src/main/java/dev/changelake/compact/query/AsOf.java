package dev.changelake.compact.query;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the batch that people mean: by its id, by a date (the last batch up to that business date),
 * or by a moment (the last batch that was finished then).
 */
public final class AsOf {
  private final Batches batches;

  public AsOf(Batches batches) {
    this.batches = batches;
  }

  /** The batch; the newest if nothing is said. */
  public Manifest find(Optional<String> text) {
    Optional<Manifest> found =
        text.isEmpty()
            ? batches.last()
            : byId(text.get())
                .or(() -> parsed(text.get(), LocalDate::parse).flatMap(batches::asOf))
                .or(() -> parsed(text.get(), AsOf::instant).flatMap(batches::asOf));
    return found.orElseThrow(() -> unknown(text));
  }

  private Optional<Manifest> byId(String text) {
    return parsed(text, BatchId::new).flatMap(batches::find);
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ChangelakeException unknown(Optional<String> text) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        text.map("There is no batch as of %s."::formatted).orElse("The lake has no batch yet."),
        "It is no id of a finished batch, and no batch was finished by that date or moment.",
        "`bin/changelake batches` lists the batches; a moment is written with its zone, for example"
            + " 2020-06-22T12:00:00Z.");
  }
}
