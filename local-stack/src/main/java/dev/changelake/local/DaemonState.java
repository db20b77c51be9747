package dev.changelake.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a daemon tells about itself: who it is at once, its services when all of them are ready.
 *
 * <p>It means something only while the daemon's lock is held; after a crash it is a dead letter.
 */
record DaemonState(ProcessMark mark, List<ServiceDescription> services) {
  DaemonState {
    services = List.copyOf(services);
  }

  /** This process, with the services that are ready. */
  static DaemonState ofThisProcess(List<ServiceDescription> services) {
    return new DaemonState(ProcessMark.of(ProcessHandle.current()).orElseThrow(), services);
  }

  long pid() {
    return mark.pid();
  }

  boolean isReady() {
    return !services.isEmpty();
  }

  /** The process, unless its id now belongs to another one. */
  Optional<ProcessHandle> process() {
    return mark.process();
  }

  Optional<ServiceDescription> service(ServiceKind kind) {
    return services.stream().filter(service -> service.kind() == kind).findFirst();
  }

  /** The services that do not answer, or that a daemon of an earlier version has not got. */
  List<ServiceKind> silent() {
    return Stream.of(ServiceKind.values())
        .filter(kind -> service(kind).filter(ServiceDescription::answers).isEmpty())
        .toList();
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("pid", String.valueOf(mark.pid()));
    properties.setProperty("start", mark.start());
    for (ServiceDescription service : services) {
      properties.setProperty(service.kind() + ".port", String.valueOf(service.port()));
      properties.setProperty(service.kind() + ".log", service.log());
    }
    StringWriter text = new StringWriter();
    properties.store(text, null);
    PrivateFile.write(file, text.toString());
  }

  static Optional<DaemonState> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    List<ServiceDescription> services = new ArrayList<>();
    for (ServiceKind kind : ServiceKind.values()) {
      if (properties.containsKey(kind + ".port")) {
        services.add(
            new ServiceDescription(
                kind,
                Integer.parseInt(properties.getProperty(kind + ".port")),
                properties.getProperty(kind + ".log")));
      }
    }
    return Optional.of(
        new DaemonState(
            new ProcessMark(
                Long.parseLong(properties.getProperty("pid")), properties.getProperty("start", "")),
            services));
  }
}
