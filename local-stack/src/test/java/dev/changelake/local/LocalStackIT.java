package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The stack as its users run it: as processes, in a folder with a space in its name. */
class LocalStackIT {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final String KEY = "data/delta/orders/_delta_log/00000000000000000000.json";

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("a local stack");
  }

  @AfterEach
  void stop() throws Exception {
    local("down").await();
  }

  @Test
  void keepsItsDataWhenItCrashes() throws Exception {
    // given
    Result first = local("up").await();
    assertThat(first.code()).as(first.text()).isZero();
    String etag = writeRecordObjectAndRow();

    // when
    Result second = local("up").await();
    long pid = pid();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    Result whileDead = local("status").await();
    Result third = local("up").await();

    // then
    assertThat(first.text())
        .contains("starting Kafka on port", "starting S3 on port", "starting PostgreSQL on port");
    assertThat(second.code()).isZero();
    assertThat(second.text()).contains("already up", "pid " + pid);
    assertThat(whileDead.code()).isEqualTo(10);
    assertThat(third.code()).as(third.text()).isZero();
    assertThat(pid()).isNotEqualTo(pid);
    assertRecordObjectAndRow(etag);
  }

  @Test
  void keepsItsDataAndItsUsersSettingsWhenItIsStopped() throws Exception {
    // given
    local("up").await();
    String etag = writeRecordObjectAndRow();
    Path file = folder.resolve("stack.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\\{", "{ \"lake.quarantine-max-share\": 0.5,"));

    // when
    Result down = local("down").await();
    Result downAgain = local("down").await();
    Result status = local("status").await();
    local("up").await();

    // then
    assertThat(down.code()).isZero();
    assertThat(downAgain.code()).isZero();
    assertThat(downAgain.text()).contains("No local stack runs in " + folder);
    assertThat(status.code()).isEqualTo(10);
    assertThat(Files.readString(folder.resolve("logs/kafka.log"))).contains("controlled shutdown");
    assertThat(Files.readString(folder.resolve("logs/postgres.log")))
        .contains("database system is shut down")
        .doesNotContain("automatic recovery");
    assertRecordObjectAndRow(etag);
    assertThat(configuration().quarantineMaxShare()).isEqualByComparingTo("0.5");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Result up = local("status").await();
    assertThat(up.code()).isZero();
    assertThat(up.text())
        .contains("pid " + pid(), configuration().s3a().get("fs.s3a.endpoint"), folder.toString())
        .contains("PostgreSQL postgresql://127.0.0.1:");
  }

  @Test
  void isStartedOnceByCommandsThatRunAtTheSameTime() throws Exception {
    // given
    List<Running> commands = List.of(local("up"), local("up"), local("up"));

    // when
    List<Result> results = new ArrayList<>();
    for (Running command : commands) {
      results.add(command.await());
    }

    // then
    assertThat(results)
        .allSatisfy(result -> assertThat(result.code()).as(result.text()).isZero())
        .allSatisfy(result -> assertThat(result.text()).contains("pid " + pid()));
    assertThat(results).filteredOn(result -> result.text().contains("already up")).hasSize(2);
  }

  @Test
  void tellsWhyItDoesNotStart() throws Exception {
    // given
    Files.createDirectories(folder.resolve("kafka"));
    Files.writeString(folder.resolve("kafka/meta.properties"), "version=1\n");

    // when
    Result result = local("up").await();

    // then
    assertThat(result.code()).isEqualTo(10);
    assertThat(result.text())
        .contains("error: The local stack did not start in " + folder)
        .contains("No readable meta.properties files found")
        .contains(folder.resolve("logs").toString())
        .doesNotContain("\tat ");
  }

  @Test
  void keepsItsPasswordsOutOfArgumentsAndLogs() throws Exception {
    // given
    local("up").await();
    String password = configuration().warehouseJdbc().get("password");

    // then
    assertThat(
            ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
        .noneMatch(line -> line.contains(password));
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain(password));
    }
  }

  private String writeRecordObjectAndRow() throws Exception {
    try (Connection connection = warehouse();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers AS SELECT 7 AS id, 'Ada' AS name");
    }
    try (Admin admin = Admin.create(client())) {
      admin.createTopics(List.of(new NewTopic("orders", 1, (short) -1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("orders", 0, 0L, "7", "Ada")).get();
    }
    try (S3Client s3 = s3()) {
      return s3.putObject(
              put ->
                  put.bucket(configuration().bucket())
                      .key(KEY)
                      .contentType("application/json")
                      .metadata(Map.of("plan", "1")),
              RequestBody.fromString("{}"))
          .eTag();
    }
  }

  private void assertRecordObjectAndRow(String etag) throws SQLException {
    try (Connection connection = warehouse();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM customers WHERE id = 7")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("Ada");
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      assertThat(consumer.poll(Duration.ofSeconds(20)).records(PARTITION))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.key()).isEqualTo("7");
                assertThat(found.value()).isEqualTo("Ada");
              });
    }
    try (S3Client s3 = s3()) {
      ResponseBytes<GetObjectResponse> found =
          s3.getObjectAsBytes(get -> get.bucket(configuration().bucket()).key(KEY));
      assertThat(found.asUtf8String()).isEqualTo("{}");
      assertThat(found.response().eTag()).isEqualTo(etag);
      assertThat(found.response().contentType()).isEqualTo("application/json");
      assertThat(found.response().metadata()).isEqualTo(Map.of("plan", "1"));
    }
  }

  private Configuration configuration() {
    return ConfigurationFile.read(folder.resolve("stack.json"));
  }

  private Connection warehouse() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(configuration().warehouseJdbc());
    return DriverManager.getConnection(configuration().warehouseUrl().orElseThrow(), properties);
  }

  private Properties client() {
    Properties properties = new Properties();
    properties.putAll(configuration().kafkaClient());
    return properties;
  }

  private S3Client s3() {
    Map<String, String> settings = configuration().s3a();
    return S3Client.builder()
        .endpointOverride(URI.create(settings.get("fs.s3a.endpoint")))
        .region(Region.of(settings.get("fs.s3a.endpoint.region")))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    settings.get("fs.s3a.access.key"), settings.get("fs.s3a.secret.key"))))
        .build();
  }

  private long pid() throws IOException {
    return DaemonState.read(folder.resolve("run/daemon.properties")).orElseThrow().pid();
  }

  private Running local(String command) throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    String classPath =
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath.txt"));
    Path output = Files.createTempFile(temporary, "out", null);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                LocalMain.class.getName(),
                command,
                "--dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Running(process, output);
  }

  private record Running(Process process, Path output) {
    Result await() throws IOException, InterruptedException {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
  }

  private record Result(int code, String text) {}
}
