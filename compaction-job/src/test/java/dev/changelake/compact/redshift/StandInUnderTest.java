package dev.changelake.compact.redshift;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazon.redshift.Driver;
import dev.changelake.compact.stack.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A stand-in with a bucket and a schema of its own, and what a test does with them. */
final class StandInUnderTest implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::123456789012:role/loader";

  final RedshiftStandIn standIn;
  final String bucket;
  final String schema;
  private final S3Client s3;

  StandInUnderTest() throws SQLException {
    TestStack stack = TestStack.get();
    standIn = RedshiftStandIn.start(stack, ROLE);
    s3 = stack.s3();
    bucket = "redshift-" + UUID.randomUUID();
    schema = bucket.replace('-', '_');
    s3.createBucket(request -> request.bucket(bucket));
    try (Connection connection = connect()) {
      execute(connection, "CREATE SCHEMA " + schema);
    }
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(standIn.jdbc());
    return properties;
  }

  /** A connection of the real driver. */
  Connection connect() throws SQLException {
    Connection connection = new Driver().connect(standIn.url(), properties());
    if (schema != null) {
      execute(connection, "SET search_path TO " + schema);
    }
    return connection;
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** How a statement failed. */
  record Failure(String state, String message) {}

  /** Executes a statement that must fail. */
  static Failure failure(Connection connection, String sql) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> execute(connection, sql));
    return new Failure(thrown.getSQLState(), thrown.getMessage());
  }

  /** The rows as texts, columns joined by a bar; null is {@code null}. */
  static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(row.stream().map(String::valueOf).collect(Collectors.joining("|")));
      }
      return rows;
    }
  }

  /** Puts an object and tells its URL. */
  String put(String key, byte[] content) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
    return "s3://%s/%s".formatted(bucket, key);
  }

  String put(String key, String content) {
    return put(key, content.getBytes(StandardCharsets.UTF_8));
  }

  String putGzip(String key, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return put(key, bytes.toByteArray());
  }

  /** A manifest of mandatory entries. */
  String manifest(String... urls) {
    return put(
        "manifest-" + UUID.randomUUID(),
        Arrays.stream(urls)
            .map(url -> "{\"url\":\"%s\",\"mandatory\":true}".formatted(url))
            .collect(Collectors.joining(",", "{\"entries\":[", "]}")));
  }

  /** The COPY of a manifest, as a load writes it. */
  static String copy(String table, String manifest, String... further) {
    return "COPY %s FROM '%s' IAM_ROLE '%s' FORMAT AS CSV MANIFEST "
            .formatted(table, manifest, ROLE)
        + String.join(" ", further);
  }

  @Override
  public void close() {
    standIn.close();
    s3.close();
  }
}
