package dev.changelake.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.config.ConfigurationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration that the stack writes for everybody else; what a user added to it stays. */
final class StackFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;

  StackFile(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * The lake's bucket: as the file says, else the default.
   *
   * @throws dev.changelake.error.ChangelakeException when there is a file and it is refused
   */
  String bucket() {
    return exists()
        ? ConfigurationFile.read(file).bucket()
        : ConfigurationKey.LAKE_BUCKET.defaultValue();
  }

  /** Writes where the services are, and leaves every other key as it is. */
  void write(Ports ports, S3Credentials s3, PostgresCredentials postgres) throws IOException {
    ObjectNode entries = exists() ? readEntries() : MAPPER.createObjectNode();
    entries.put("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka());
    entries.put("fs.s3a.endpoint", "http://127.0.0.1:" + ports.s3());
    entries.put("fs.s3a.endpoint.region", S3Service.REGION);
    entries.put("fs.s3a.path.style.access", true);
    entries.put("fs.s3a.connection.ssl.enabled", false);
    entries.put("fs.s3a.access.key", s3.accessKey());
    entries.put("fs.s3a.secret.key", s3.secretKey());
    entries.put(ConfigurationKey.WAREHOUSE_URL.key(), PostgresService.url(ports.postgres()));
    entries.put("warehouse.jdbc.user", PostgresCredentials.USER);
    entries.put("warehouse.jdbc.password", postgres.password());
    // The same database is the source of `capture`, in a schema of its own.
    entries.put("debezium.database.hostname", "127.0.0.1");
    entries.put("debezium.database.port", String.valueOf(ports.postgres()));
    entries.put("debezium.database.dbname", PostgresService.DATABASE);
    entries.put("debezium.database.user", PostgresCredentials.USER);
    entries.put("debezium.database.password", postgres.password());
    if (!entries.has(ConfigurationKey.LAKE_BUCKET.key())) {
      entries.put(ConfigurationKey.LAKE_BUCKET.key(), ConfigurationKey.LAKE_BUCKET.defaultValue());
    }
    PrivateFile.write(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
  }

  private ObjectNode readEntries() throws IOException {
    return (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
  }
}
