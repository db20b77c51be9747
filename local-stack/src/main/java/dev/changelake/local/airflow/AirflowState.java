package dev.changelake.local.airflow;

import dev.changelake.local.PrivateFile;
import dev.changelake.local.ProcessMark;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** A started Airflow: its first process, and the port of its page. */
record AirflowState(ProcessMark process, int port) {
  static final String FILE = "airflow.properties";

  void write(Path file) throws IOException {
    PrivateFile.write(
        file, "pid=%d\nstarted=%s\nport=%d\n".formatted(process.pid(), process.started(), port));
  }

  static Optional<AirflowState> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(
        new AirflowState(
            new ProcessMark(
                Long.parseLong(properties.getProperty("pid")),
                Instant.parse(properties.getProperty("started"))),
            Integer.parseInt(properties.getProperty("port"))));
  }

  /** The process, if it lives. */
  Optional<ProcessHandle> alive() {
    return process.process();
  }
}
