package dev.changelake.local.kafka;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;

/**
 * A tool under the name of Kafka's script {@code kafka-<name>.sh}, and how it is told a cluster.
 */
record KafkaTool(String name, String mainClass, Connection connection) {
  private static final String TOOLS = "org.apache.kafka.tools.";

  /** Those that speak to a cluster or look at its files; a server is started by other commands. */
  static final List<KafkaTool> ALL =
      List.of(
          client("acls", "AclCommand"),
          client("broker-api-versions", "BrokerApiVersionsCommand"),
          client("client-metrics", "ClientMetricsCommand"),
          new KafkaTool("cluster", TOOLS + "ClusterTool", Connection.AFTER_SUBCOMMAND),
          new KafkaTool("configs", "kafka.admin.ConfigCommand", Connection.FIRST),
          client("console-consumer", "consumer.ConsoleConsumer"),
          client("console-producer", "ConsoleProducer"),
          client("console-share-consumer", "consumer.ConsoleShareConsumer"),
          client("consumer-groups", "consumer.group.ConsumerGroupCommand"),
          client("consumer-perf-test", "ConsumerPerformance"),
          client("delegation-tokens", "DelegationTokenCommand"),
          client("delete-records", "DeleteRecordsCommand"),
          new KafkaTool("dump-log", TOOLS + "DumpLogSegments", Connection.NONE),
          client("features", "FeatureCommand"),
          client("get-offsets", "GetOffsetShell"),
          client("groups", "GroupsCommand"),
          client("leader-election", "LeaderElectionCommand"),
          client("log-dirs", "LogDirsCommand"),
          client("metadata-quorum", "MetadataQuorumCommand"),
          client("producer-perf-test", "ProducerPerformance"),
          client("reassign-partitions", "reassign.ReassignPartitionsCommand"),
          client("share-consumer-perf-test", "ShareConsumerPerformance"),
          client("share-groups", "consumer.group.ShareGroupCommand"),
          client("streams-application-reset", "StreamsResetter"),
          client("streams-groups", "streams.StreamsGroupCommand"),
          client("topics", "TopicCommand"),
          client("transactions", "TransactionsCommand"));

  static Optional<KafkaTool> of(String name) {
    return ALL.stream().filter(tool -> tool.name.equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(KafkaTool::name).toList();
  }

  /** Runs the tool's own main method, which mostly ends the process with the tool's exit code. */
  void run(List<String> arguments) throws Throwable {
    try {
      Class.forName(mainClass)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static KafkaTool client(String name, String mainClass) {
    return new KafkaTool(name, TOOLS + mainClass, Connection.FIRST);
  }

  /** Where the cluster stands among a tool's arguments, as Kafka 4.3 has it. */
  enum Connection {
    /** Before everything else, which every other parser of Kafka's takes. */
    FIRST(List.of("--bootstrap-server", "--bootstrap-controller")),
    /** `cluster` wants its subcommand first. */
    AFTER_SUBCOMMAND(List.of("--bootstrap-server", "--bootstrap-controller", "-b", "-C")),
    /** The tool reads files. */
    NONE(List.of());

    /** The option for a file with the client's settings. */
    static final String FILE = "--command-config";

    /** The option for the cluster. */
    static final String CLUSTER = "--bootstrap-server";

    private static final List<String> FILE_SPELLINGS =
        List.of(
            FILE,
            "--consumer.config",
            "--consumer-config",
            "--producer.config",
            "--admin.config",
            "--config-file");

    private final List<String> clusterSpellings;

    Connection(List<String> clusterSpellings) {
      this.clusterSpellings = clusterSpellings;
    }

    /** Whether the argument names a file with a client's settings, in any of Kafka's spellings. */
    static boolean namesFile(String argument) {
      return isOption(argument, FILE_SPELLINGS);
    }

    /** Whether the argument names a cluster. */
    boolean namesCluster(String argument) {
      return isOption(argument, clusterSpellings);
    }

    private static boolean isOption(String argument, List<String> spellings) {
      return spellings.stream()
          .anyMatch(option -> argument.equals(option) || argument.startsWith(option + "="));
    }
  }
}
