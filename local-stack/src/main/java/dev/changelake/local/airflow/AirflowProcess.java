package dev.changelake.local.airflow;

import dev.changelake.local.LocalStack;
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

  /** Two Airflows on one machine would want the same ports for the logs of running tasks. */
  AirflowProcess withLogServersOfItsOwn() {
    Map<String, String> all = new TreeMap<>(variables);
    all.put("AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT", String.valueOf(LocalStack.freePort(8793)));
    all.put("AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT", String.valueOf(LocalStack.freePort(8794)));
    return new AirflowProcess(project, home, all);
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
