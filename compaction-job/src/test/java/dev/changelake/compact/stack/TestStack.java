package dev.changelake.compact.stack;

import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.oracle.history.HistoryTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One local stack for all integration tests of a JVM, started as users start it: as a process.
 *
 * <p>A test asks for a fresh lake: no topics, an empty bucket of its own.
 */
public final class TestStack {
  private static TestStack running;

  private final Path directory;
  private final Map<String, String> entries;
  private SparkSession spark;

  private TestStack(Path directory) {
    this.directory = directory;
    this.entries = read(directory.resolve("stack.json"));
  }

  /** The stack of this JVM; the first call starts it, the JVM's end stops it. */
  public static synchronized TestStack get() {
    if (running == null) {
      try {
        Path directory = Files.createTempDirectory("changelake it ");
        startAlone(directory);
        running = new TestStack(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return running;
  }

  /** Two that start at once could choose the same free ports. */
  private static void startAlone(Path directory) throws IOException {
    Path lock = repository().resolve("compaction-job/target/stack.lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      run(directory, "up");
    }
  }

  /** The shared session: small, in UTC, with the product's own settings. */
  public synchronized SparkSession spark() {
    if (spark == null) {
      spark = SparkSessions.start("integration tests", configuration(Map.of()));
    }
    return spark;
  }

  /** A configuration of a new lake, in a bucket of its own, with all topics gone. */
  public Configuration freshLake(Map<String, String> further) {
    deleteTopics();
    return configuration(freshBucket(further));
  }

  /** The entries of a configuration file for a new lake. */
  public Map<String, String> freshBucket(Map<String, String> further) {
    String bucket = "lake-" + UUID.randomUUID();
    try (S3Client s3 = s3()) {
      s3.createBucket(request -> request.bucket(bucket));
    }
    Map<String, String> all = new HashMap<>(further);
    all.put("lake.bucket", bucket);
    all.put("warehouse.schema", bucket.replace('-', '_'));
    return all;
  }

  /** The stack's configuration with further entries. */
  public Configuration configuration(Map<String, String> further) {
    return Configuration.of(entries(further));
  }

  /** The entries of the stack's configuration file with further ones. */
  public Map<String, String> entries(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(entries);
    all.putAll(further);
    return all;
  }

  /** The stack's folder, as users name it by {@code --dir}. */
  public Path directory() {
    return directory;
  }

  public String bootstrapServers() {
    return entries.get("kafka.bootstrap.servers");
  }

  public String s3Endpoint() {
    return entries.get("fs.s3a.endpoint");
  }

  /** A plain client of the object store. */
  public S3Client s3() {
    return S3Client.builder()
        .endpointOverride(URI.create(s3Endpoint()))
        .region(Region.of(entries.get("fs.s3a.endpoint.region")))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    entries.get("fs.s3a.access.key"), entries.get("fs.s3a.secret.key"))))
        .build();
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** Creates topics that are ready for a producer. */
  public HistoryTopics topics() {
    return new HistoryTopics(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** The repository's root. */
  public static Path repository() {
    Path path = Path.of("").toAbsolutePath();
    return Files.exists(path.resolve("bin/changelake")) ? path : path.getParent();
  }

  private void deleteTopics() {
    try (Admin admin = admin()) {
      Set<String> topics = admin.listTopics().names().get();
      admin.deleteTopics(topics).all().get();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> admin.listTopics().names().get().isEmpty());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void stop() {
    if (spark != null) {
      spark.stop();
    }
    run(directory, "down");
  }

  private static Map<String, String> read(Path stackFile) {
    Configuration configuration = ConfigurationFile.read(stackFile);
    Map<String, String> entries = new HashMap<>(configuration.s3a());
    configuration.kafkaClient().forEach((key, value) -> entries.put("kafka." + key, value));
    configuration
        .warehouseJdbc()
        .forEach((key, value) -> entries.put("warehouse.jdbc." + key, value));
    configuration.debezium().forEach((key, value) -> entries.put("debezium." + key, value));
    entries.put("warehouse.url", configuration.warehouseUrl().orElseThrow());
    return entries;
  }

  private static void run(Path directory, String command) {
    Path target = repository().resolve("local-stack/target");
    try {
      List<String> arguments = new ArrayList<>();
      arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      arguments.add("-cp");
      arguments.add(
          target.resolve("classes")
              + ":"
              + Files.readString(target.resolve("classpath.txt")).trim());
      arguments.addAll(
          List.of("dev.changelake.local.LocalMain", command, "--dir", directory.toString()));
      Process process =
          new ProcessBuilder(arguments)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve(command + ".log").toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            "local %s failed: %s"
                .formatted(command, Files.readString(directory.resolve(command + ".log"))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
