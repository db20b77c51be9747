package dev.changelake.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Lines that the daemon writes while it starts, and that the waiting command shows. */
final class ProgressLog {
  private final Path file;
  private int shown;

  ProgressLog(Path file) {
    this.file = file;
  }

  synchronized void say(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Prints the lines that have come since the last call. */
  void showNew(PrintStream out) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    // A last line without its end is still being written.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    for (String line : lines.subList(shown, lines.size())) {
      out.println(line);
    }
    shown = lines.size();
  }
}
