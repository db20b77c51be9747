package dev.changelake.local;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells people what runs where. */
record StackReport(boolean up, String text) {

  static StackReport of(StackDirectory directory) throws IOException {
    if (!directory.exists() || !directory.hasDaemon()) {
      return new StackReport(false, "No local stack runs in %s.".formatted(directory.path()));
    }
    Optional<DaemonState> state =
        DaemonState.read(directory.daemonState()).filter(DaemonState::isReady);
    if (state.isEmpty()) {
      return new StackReport(false, "The local stack in %s starts.".formatted(directory.path()));
    }
    List<ServiceKind> silent = state.get().silent();
    if (!silent.isEmpty()) {
      return new StackReport(
          false,
          "The local stack in %s is half dead: %s without an answer. `up` restarts it.\n%s"
              .formatted(
                  directory.path(),
                  silent.stream().map(ServiceKind::label).collect(Collectors.joining(", ")),
                  details(directory, state.get())));
    }
    return up(directory, state.get());
  }

  static StackReport up(StackDirectory directory, DaemonState state) {
    return new StackReport(
        true,
        "The local stack is up in %s.\n%s".formatted(directory.path(), details(directory, state)));
  }

  private static String details(StackDirectory directory, DaemonState state) {
    String services =
        state.services().stream()
            .map(
                service ->
                    "  %-10s %-28s pid %-7d %s\n"
                        .formatted(
                            service.kind().label(),
                            service.endpoint(),
                            state.pid(),
                            directory.logs().resolve(service.log())))
            .collect(Collectors.joining());
    return "%s  configuration %s".formatted(services, directory.stackFile());
  }
}
