package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.error.ChangelakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
  private static final S3Credentials CREDENTIALS = new S3Credentials("KEY", "secret");
  private static final PostgresCredentials POSTGRES = new PostgresCredentials("hunter2");

  @TempDir private Path folder;
  private Path file;
  private StackFile stackFile;

  @BeforeEach
  void choose() {
    file = folder.resolve("stack.json");
    stackFile = new StackFile(file);
  }

  @Test
  void isAConfiguration() throws Exception {
    // when
    stackFile.write(Ports.USUAL, CREDENTIALS, POSTGRES);

    // then
    Configuration read = ConfigurationFile.read(file);
    assertThat(read.kafkaClient()).containsOnlyKeys("bootstrap.servers");
    assertThat(read.kafkaClient()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
    assertThat(read.s3a())
        .containsEntry("fs.s3a.endpoint", "http://127.0.0.1:9000")
        .containsEntry("fs.s3a.endpoint.region", "us-east-1")
        .containsEntry("fs.s3a.path.style.access", "true")
        .containsEntry("fs.s3a.connection.ssl.enabled", "false")
        .containsEntry("fs.s3a.access.key", "KEY")
        .containsEntry("fs.s3a.secret.key", "secret")
        .hasSize(6);
    assertThat(read.warehouseUrl()).contains("jdbc:postgresql://127.0.0.1:5432/b2b");
    assertThat(read.warehouseJdbc())
        .containsEntry("user", "changelake")
        .containsEntry("password", "hunter2")
        .hasSize(2);
    assertThat(read.bucket()).isEqualTo("com.comp.prod.data.etl");
  }

  @Test
  void isForItsOwnerOnly() throws Exception {
    // when
    stackFile.write(Ports.USUAL, CREDENTIALS, POSTGRES);

    // then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new-*");
  }

  @Test
  void keepsWhatAUserAddedAndUpdatesWhatTheStackKnows() throws Exception {
    // given
    Files.writeString(
        file,
        """
        {
          "kafka.bootstrap.servers": "127.0.0.1:1",
          "lake.quarantine-max-share": 0.5,
          "lake.bucket": "my-lake",
          "spark.driver.memory": "2g"
        }
        """);

    // when
    stackFile.write(Ports.USUAL, CREDENTIALS, POSTGRES);

    // then
    JsonNode written = new JsonMapper().readTree(file.toFile());
    assertThat(written.get("lake.quarantine-max-share").isNumber()).isTrue();
    assertThat(written.get("spark.driver.memory").asText()).isEqualTo("2g");
    assertThat(written.get("kafka.bootstrap.servers").asText()).isEqualTo("127.0.0.1:9092");
    assertThat(stackFile.bucket()).isEqualTo("my-lake");
  }

  @Test
  void withoutAFileTheBucketIsTheDefault() {
    assertThat(stackFile.bucket()).isEqualTo("com.comp.prod.data.etl");
  }

  @Test
  void aFileThatIsNoConfigurationIsRefused() throws Exception {
    // given
    Files.writeString(file, "{ \"kafka.bootstrap.servers\": \"a:1\", \"lake.bukket\": \"x\" }");

    // then
    assertThatThrownBy(() -> stackFile.bucket())
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("lake.bukket");
  }
}
