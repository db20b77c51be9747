package dev.changelake.contract;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that define something, one each: those on the class path and those of a further folder. */
public final class DefinitionFiles {
  private DefinitionFiles() {}

  /**
   * Reads them.
   *
   * @param shipped where to look for the folder
   * @param furtherFolder a folder of the user's
   * @param suffix how the files' names end
   * @return the content by the file's name, as messages can show it
   */
  public static Map<String, byte[]> read(
      ClassLoader shipped, String folder, Optional<Path> furtherFolder, String suffix)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (URL place : Collections.list(shipped.getResources(folder))) {
      files.putAll(readShipped(place, folder, suffix));
    }
    if (furtherFolder.isPresent()) {
      files.putAll(readFolder(furtherFolder.get(), "", suffix));
    }
    return files;
  }

  private static Map<String, byte[]> readShipped(URL place, String folder, String suffix)
      throws IOException {
    try {
      if (!(place.openConnection() instanceof JarURLConnection connection)) {
        return readFolder(Path.of(place.toURI()), "", suffix);
      }
      Path jar = Path.of(connection.getJarFileURL().toURI());
      // A file system of our own: another reader of the same jar may close a shared one.
      try (FileSystem content = FileSystems.newFileSystem(jar)) {
        return readFolder(content.getPath("/" + folder), jar + "!", suffix);
      }
    } catch (URISyntaxException e) {
      throw new IOException("The class path has a place that is none: " + place, e);
    }
  }

  private static Map<String, byte[]> readFolder(Path folder, String prefix, String suffix)
      throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(suffix)).toList()) {
        contents.put(prefix + file, Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
