package dev.changelake.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka broker, formatted at its first start. */
final class KafkaService implements Service {
  private final Path folder;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  KafkaService(Path folder, int port, int controllerPort) {
    this.folder = folder;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  @Override
  public ServiceDescription describe() {
    return new ServiceDescription(ServiceKind.KAFKA, port, "kafka.log");
  }

  @Override
  public void start() throws Exception {
    if (!Files.exists(folder.resolve("meta.properties"))) {
      format();
    }
    server =
        new KafkaRaftServer(
            new KafkaConfig(KafkaSettings.of(folder, port, controllerPort)), Time.SYSTEM);
    // A start that fails would end the process without a word; it shall throw instead.
    Exit.setExitProcedure((code, message) -> {});
    Exit.setHaltProcedure((code, message) -> {});
    server.startup();
    // From now on what is fatal to Kafka ends the process: rather no stack than half of one.
    Exit.resetExitProcedure();
    Exit.resetHaltProcedure();
  }

  @Override
  public void awaitReady(Duration limit) throws Exception {
    int millis = Math.toIntExact(limit.toMillis());
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "default.api.timeout.ms", millis,
                "request.timeout.ms", millis))) {
      admin.describeCluster().nodes().get(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** The cluster's id is made up here once; from then on it stands in meta.properties. */
  private void format() throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(KafkaSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
        // A start that was killed while it formatted is repeated.
        .setIgnoreFormatted(true)
        .run();
  }
}
