package dev.changelake.local;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the daemon such that neither Ctrl-C nor the end of the terminal reaches it. */
final class DaemonProcess {
  private DaemonProcess() {}

  static Process start(StackDirectory directory) throws IOException {
    List<String> command = new ArrayList<>(detached(System.getenv().getOrDefault("PATH", "")));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            // Without memory one service may be dead and the other not: better none.
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            // Kafka only asks log4j's API for its core, which is not here on purpose.
            "-Dlog4j2.StatusLogger.level=OFF",
            "-Dlogback.configurationFile=logback-daemon.xml",
            "-Dchangelake.logs=" + directory.logs(),
            "-cp",
            absolute(System.getProperty("java.class.path")),
            StackDaemon.class.getName(),
            directory.path().toString()));
    return new ProcessBuilder(command)
        .directory(directory.path().toFile())
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(directory.output().toFile())
        .start();
  }

  /**
   * A session of its own where there is `setsid`; else the signals of a terminal are ignored, which
   * a process keeps through exec and which the virtual machine respects.
   */
  static List<String> detached(String searchPath) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "sh"));
  }

  /** The daemon works in its own folder, so that nobody's folder is kept busy. */
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
