package dev.changelake.local.airflow;

import dev.changelake.local.PrivateFile;
import dev.changelake.local.ProcessMark;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * A started Airflow.
 *
 * @param processes its first process, and the parts that it has started: any of them may die alone
 * @param port the port of its page
 */
record AirflowState(List<ProcessMark> processes, int port) {
  static final String FILE = "airflow.properties";

  AirflowState {
    processes = List.copyOf(processes);
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("port", String.valueOf(port));
    for (int i = 0; i < processes.size(); i++) {
      properties.setProperty("pid." + i, String.valueOf(processes.get(i).pid()));
      properties.setProperty("start." + i, processes.get(i).start());
    }
    StringWriter text = new StringWriter();
    properties.store(text, null);
    PrivateFile.write(file, text.toString());
  }

  static Optional<AirflowState> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    List<ProcessMark> processes = new ArrayList<>();
    for (int i = 0; properties.containsKey("pid." + i); i++) {
      processes.add(
          new ProcessMark(
              Long.parseLong(properties.getProperty("pid." + i)),
              properties.getProperty("start." + i, "")));
    }
    return Optional.of(
        new AirflowState(
            processes, Integer.parseInt(Objects.requireNonNull(properties.getProperty("port")))));
  }

  /** The processes that live. */
  List<ProcessHandle> alive() {
    return processes.stream().flatMap(mark -> mark.process().stream()).toList();
  }
}
