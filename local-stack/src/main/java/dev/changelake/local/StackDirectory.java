package dev.changelake.local;

import dev.changelake.config.ConfigurationLocation;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The stack's folder: what lies where in it, and whether it can hold a stack at all. */
record StackDirectory(Path path) {
  StackDirectory {
    path = path.toAbsolutePath().normalize();
  }

  Path stackFile() {
    return path.resolve(ConfigurationLocation.STACK_FILE);
  }

  Path credentials() {
    return path.resolve("s3-credentials.properties");
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path s3() {
    return path.resolve("s3");
  }

  Path postgresCredentials() {
    return path.resolve("postgres-credentials.properties");
  }

  /** What can be unpacked again at any time. */
  Path cache() {
    return path.resolve("cache");
  }

  /** PostgreSQL's data, which is not this user's when this user is root. */
  Path postgres() {
    return path.resolve("postgres");
  }

  Path logs() {
    return path.resolve("logs");
  }

  /** What the daemon and its virtual machine print; anything else goes to log files. */
  Path output() {
    return logs().resolve("daemon.out");
  }

  Path run() {
    return path.resolve("run");
  }

  /** Held by a command while it changes whether the stack runs. */
  Path commandLock() {
    return run().resolve("command.lock");
  }

  /** Held by the daemon as long as it lives. */
  Path daemonLock() {
    return run().resolve("daemon.lock");
  }

  Path daemonState() {
    return run().resolve("daemon.properties");
  }

  Path progress() {
    return run().resolve("progress.log");
  }

  Path ports() {
    return run().resolve("ports.properties");
  }

  /** Whether a stack was ever started here. */
  boolean exists() {
    try {
      return Files.readAttributes(run(), BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Whether a daemon lives here. */
  boolean hasDaemon() {
    try {
      return StackLock.isHeld(daemonLock());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Creates the folders and checks that the services can work in them.
   *
   * @throws ChangelakeException of category usage
   */
  void prepare() {
    if (path.toString().contains(",")) {
      throw refused(
          "Kafka takes a comma for the end of one folder and the start of the next.",
          "Choose a folder without a comma in its path with --dir.");
    }
    try {
      createOwn(path);
      for (Path folder : new Path[] {run(), logs(), kafka(), s3()}) {
        Files.createDirectories(folder);
      }
      requireHardLinks();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static void createOwn(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Kafka asks nobody for a password.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** S3Proxy makes `If-None-Match: *` atomic by a hard link, so there must be such links. */
  private void requireHardLinks() throws IOException {
    Path file = Files.createTempFile(run(), "link-", null);
    Path link = run().resolve(file.getFileName() + "-2");
    try {
      Files.createLink(link, file);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw refused(
              "Its file system has no hard links, without which two writers could both"
                  + " believe that they created an object.",
              "Choose a folder on a local disk with --dir.")
          .causedBy(e);
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(file);
    }
  }

  /** What to tell when a file of the folder cannot be used. */
  ChangelakeException unusable(IOException e) {
    return refused(
            e + ".",
            "Choose a folder that this user may write to with --dir, or correct its owner.")
        .causedBy(e);
  }

  private ChangelakeException refused(String why, String remedy) {
    return new ChangelakeException(
        ErrorCategory.USAGE, "The local stack cannot live in %s.".formatted(path), why, remedy);
  }
}
