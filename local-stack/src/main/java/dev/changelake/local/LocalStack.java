package dev.changelake.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The stack of a folder, for what is built on it. */
public final class LocalStack {
  private final StackDirectory directory;

  public LocalStack(Path folder) {
    this.directory = new StackDirectory(folder);
  }

  /** Starts the stack, or finds that it is up. */
  public void up(PrintStream progress) throws IOException, InterruptedException {
    new StackLauncher(directory, progress).up();
  }

  public Path folder() {
    return directory.path();
  }

  /** The configuration that the stack writes. */
  public Path configuration() {
    return directory.stackFile();
  }

  public Path logs() {
    return directory.logs();
  }

  /** A file about a running process. */
  public Path runFile(String name) {
    return directory.run().resolve(name);
  }

  /** The start of a command whose process outlives this one and its terminal. */
  public static List<String> detached(String searchPath) {
    return DaemonProcess.detached(searchPath);
  }

  /** The preferred port if it is free, else any. */
  public static int freePort(int preferred) {
    return Ports.free(preferred);
  }
}
