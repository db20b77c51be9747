package dev.changelake.local.kafka;

import dev.changelake.local.kafka.KafkaTool.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A tool's arguments: the user's, and what the configuration knows and the user left out. */
record ToolArguments(KafkaTool tool, List<String> given) {
  private static final String SERVERS = "bootstrap.servers";
  private static final Set<String> TELLING = Set.of("--help", "-h", "--version");

  /** Whether the tool needs a cluster that the user has not named. */
  boolean needsConfiguration() {
    return tool.connection() != Connection.NONE
        && given.stream().noneMatch(TELLING::contains)
        // The settings may hold a password, which is not for another cluster.
        && given.stream().noneMatch(tool.connection()::namesCluster);
  }

  /** All arguments, with the client's settings in a private file. */
  List<String> completed(Map<String, String> client, PrivateSettings settings) throws IOException {
    List<String> added = new ArrayList<>(List.of(Connection.CLUSTER, client.get(SERVERS)));
    Map<String, String> further = new TreeMap<>(client);
    further.remove(SERVERS);
    if (!further.isEmpty() && given.stream().noneMatch(Connection::namesFile)) {
      added.addAll(List.of(Connection.FILE, settings.write(further).toString()));
    }
    List<String> all = new ArrayList<>(given);
    boolean afterFirst = tool.connection() == Connection.AFTER_SUBCOMMAND && !given.isEmpty();
    all.addAll(afterFirst ? 1 : 0, added);
    return all;
  }
}
