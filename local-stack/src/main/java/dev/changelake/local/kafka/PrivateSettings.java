package dev.changelake.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Files of settings for one run of a tool, for this user's eyes only. */
final class PrivateSettings implements AutoCloseable {
  private final List<Path> files = new ArrayList<>();

  synchronized Path write(Map<String, String> settings) throws IOException {
    // A temporary file is created with mode 0600.
    Path file = Files.createTempFile("changelake-kafka-", ".properties");
    files.add(file);
    Properties properties = new Properties();
    properties.putAll(settings);
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
