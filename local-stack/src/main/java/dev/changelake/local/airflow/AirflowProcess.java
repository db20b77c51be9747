package dev.changelake.local.airflow;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Airflow's command line, with the settings of this stack. */
record AirflowProcess(AirflowProject project, Path home, Map<String, String> variables) {
  /** Every start would read all sources anew. */
  private static final String WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE";

  AirflowProcess {
    variables = new TreeMap<>(variables);
  }

  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(project.program("airflow").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** A process that finds the settings, and the environment's programs, as Airflow wants them. */
  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    AirflowSettings.defaults().forEach(environment::putIfAbsent);
    environment.putAll(variables);
    environment.remove(WITHOUT_BYTECODE);
    environment.merge(
        "PATH", project.program("").toString(), (path, bin) -> bin + File.pathSeparator + path);
    return builder;
  }
}
