package dev.changelake.compact.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Runs commands of other modules as users do: they have class paths of their own. */
final class LauncherCommands {
  private final Path launcher;
  private final Path directory;

  /**
   * Commands on a folder.
   *
   * @param launcher {@code bin/changelake}
   * @param directory the local stack's folder
   */
  LauncherCommands(Path launcher, Path directory) {
    this.launcher = launcher;
    this.directory = directory;
  }

  /** Whether the local stack is up already. */
  boolean isStackUp() {
    return run(List.of("local", "status", "--dir", directory.toString())).exitCode() == 0;
  }

  void stackUp() {
    require(List.of("local", "up", "--dir", directory.toString()));
  }

  void stackDown() {
    require(List.of("local", "down", "--dir", directory.toString()));
  }

  /** Lets the mock platform write a day; tells how many records or changes it did. */
  long produce(String task, LocalDate date, DemoSource source) {
    return records(
        List.of("produce", task, "--date", date.toString(), "--into", source.toString(), "--json"));
  }

  /** Publishes what the database's log holds by now; tells how many records that were. */
  long capture() {
    return records(List.of("capture", "--until-current", "--json"));
  }

  private long records(List<String> arguments) {
    String json = require(arguments);
    try {
      long records = 0;
      for (JsonNode topic : SealedJson.mapper().readTree(json).path("topics")) {
        records += topic.path("records").asLong();
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(arguments.get(0) + " printed no JSON: " + json, e);
    }
  }

  private record Ended(int exitCode, String output, String errors) {}

  private String require(List<String> arguments) {
    Ended ended = run(arguments);
    if (ended.exitCode() != 0) {
      throw new ChangelakeException(
          category(ended.exitCode()),
          "`bin/changelake %s` ended with exit code %d."
              .formatted(String.join(" ", arguments), ended.exitCode()),
          ended.errors().strip(),
          "Mend that, then run the demo again: it goes on where it was.");
    }
    return ended.output();
  }

  private Ended run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    try {
      Path errors = Files.createTempFile("changelake-demo", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CHANGELAKE_DIR", directory.toString());
        // The folder decides; a configuration of the user's is for other lakes.
        builder.environment().remove("CHANGELAKE_CONFIG");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + arguments + " ran", e);
    }
  }

  private static ErrorCategory category(int exitCode) {
    for (ErrorCategory category : ErrorCategory.values()) {
      if (category.exitCode() == exitCode) {
        return category;
      }
    }
    return ErrorCategory.INTERNAL;
  }
}
