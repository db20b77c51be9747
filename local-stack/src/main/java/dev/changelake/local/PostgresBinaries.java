package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the class path into a folder. */
record PostgresBinaries(Path home) {

  List<String> command(String program, String... arguments) {
    return Stream.concat(
            Stream.of(home.resolve("bin").resolve(program).toString()), Stream.of(arguments))
        .toList();
  }

  /** Unpacks below the folder, unless that was done before. */
  static PostgresBinaries unpacked(Path folder) throws IOException {
    JarURLConnection archive = archive();
    // Another version has another checksum, and is unpacked beside the first.
    long checksum = archive.getJarEntry().getCrc();
    Path home = folder.resolve("postgres-%08x".formatted(checksum));
    if (!Files.exists(home)) {
      // What an interrupted start left is not what it looks like.
      Path unfinished = folder.resolve("unfinished");
      delete(unfinished);
      try (TarArchiveInputStream entries =
          new TarArchiveInputStream(
              new XZInputStream(new BufferedInputStream(archive.getInputStream())))) {
        unpack(entries, unfinished);
      }
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(home);
  }

  private static void unpack(TarArchiveInputStream entries, Path target) throws IOException {
    Files.createDirectories(target);
    for (TarArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) {
        throw new IOException("The archive reaches out of its folder: " + entry.getName());
      }
      Files.createDirectories(entry.isDirectory() ? path : path.getParent());
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else if (entry.isFile()) {
        Files.copy(entries, path);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  private static JarURLConnection archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name =
        "/postgres-%s-%s.txz".formatted(system, machine.equals("aarch64") ? "arm_64" : "x86_64");
    URL found = PostgresBinaries.class.getResource(name);
    if (found == null) {
      throw new ChangelakeException(
          ErrorCategory.USAGE,
          "The local stack has no PostgreSQL for this machine.",
          "%s is not on the class path.".formatted(name),
          "Build Changelake on this machine: `bin/changelake build`.");
    }
    return (JarURLConnection) found.openConnection();
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
