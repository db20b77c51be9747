package dev.changelake.compact.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands of the module that writes change events, in processes of their own as users run them.
 */
public final class Producers {
  public static final String PRODUCE = "dev.changelake.produce.ProduceMain";
  public static final String CAPTURE = "dev.changelake.capture.CaptureMain";

  private Producers() {}

  /**
   * Starts a command.
   *
   * @param log gets what it prints
   */
  public static Process start(String mainClass, Path log, String... arguments) throws IOException {
    Path target = TestStack.repository().resolve("producers/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                target.resolve("classes")
                    + ":"
                    + Files.readString(target.resolve("classpath.txt")).trim(),
                mainClass));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
