package dev.changelake.produce.run;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.store.Start;
import dev.changelake.produce.store.StartFile;
import dev.changelake.produce.world.WorldParameters;

/** Refuses what contradicts the start of the lake's platform. */
final class StartCheck {
  private StartCheck() {}

  /** The same start again is fine: it repeats the same events. */
  static void sameStart(Request request, Start start) {
    sameDestination(request, start);
    WorldParameters started = start.world();
    if (!started.equals(new WorldParameters(request.seed(), request.rows(), request.date()))) {
      throw refused(
          "This lake's platform has started already, with --date %s --rows %s --seed %s."
              .formatted(started.start(), started.rows(), started.seed()),
          "Rows of two starts would have the same keys.",
          "Repeat the command with these, or start a new lake: another lake.bucket, or another"
              + " folder of the local stack.");
    }
  }

  static void mayFollow(Request request, Start start) {
    sameDestination(request, start);
    WorldParameters started = start.world();
    if (request.seed() != started.seed()) {
      throw refused(
          "This lake's platform started with --seed %s, not %s."
              .formatted(started.seed(), request.seed()),
          "With another seed, rows would refer to rows that never lived.",
          "Repeat the command with --seed %s.".formatted(started.seed()));
    }
    if (!request.date().isAfter(started.start())) {
      throw refused(
          "%s is not after %s, the day on which this lake's platform started."
              .formatted(request.date(), started.start()),
          "The first day holds the initial data alone.",
          "Use --date %s or later.".formatted(started.start().plusDays(1)));
    }
  }

  private static void sameDestination(Request request, Start start) {
    if (request.into() != start.into()) {
      throw refused(
          "This lake's platform writes into %s, not into %s."
              .formatted(start.into().words(), request.into().words()),
          "The same topics would get changes with positions of two logs, which do not compare.",
          "Repeat the command with --into %s, or start a new lake: another lake.bucket, or another"
                  .formatted(start.into())
              + " folder of the local stack.");
    }
  }

  static ChangelakeException notStarted() {
    return refused(
        "This lake's platform has not started: there is no %s.".formatted(StartFile.PATH),
        "A day's rows refer to the initial ones.",
        "Run `bin/changelake produce init --date <an earlier day>` first.");
  }

  private static ChangelakeException refused(String problem, String why, String remedy) {
    return new ChangelakeException(ErrorCategory.USAGE, problem, why, remedy);
  }
}
