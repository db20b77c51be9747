package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.BackendRelay.BackendException;
import dev.changelake.compact.redshift.CopyFeed.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs a COPY from S3 in the client's own session and transaction. */
final class CopyRun {
  private static final int CHUNK = 1 << 16;

  private final BackendRelay relay;
  private final S3Client s3;
  private final Set<String> roles;

  CopyRun(BackendRelay relay, S3Client s3, Set<String> roles) {
    this.relay = relay;
    this.s3 = s3;
    this.roles = roles;
  }

  /** Loads, and tells the client so. */
  void run(CopyCommand copy) throws IOException, Refusal, BackendException {
    if (!roles.contains(copy.role())) {
      throw new Refusal(
          Refusal.INTERNAL_ERROR,
          "User arn:aws:redshift:stand-in is not authorized to assume IAM Role " + copy.role());
    }
    List<URI> objects;
    try {
      objects = new CopyManifest(s3).objects(copy);
    } catch (SdkException | IllegalArgumentException e) {
      throw new Refusal(Refusal.INTERNAL_ERROR, "S3ServiceException:" + e.getMessage());
    }
    if (copy.format() == CopyCommand.Format.PARQUET) {
      throw new Refusal(Refusal.NOT_SUPPORTED, "The stand-in does not imitate COPY of Parquet");
    }
    long rows = load(copy, objects);
    String completed =
        "Load into table '%s' completed, %d record(s) loaded successfully."
            .formatted(copy.table().replace("\"", ""), rows);
    relay.ask(
        "SELECT set_config('redshift_stand_in.last_copy_count', '%d', false)".formatted(rows));
    WireMessage notice = WireMessage.error("INFO", "00000", completed, "");
    relay.tell(new WireMessage('N', notice.body()));
    relay.tell(WireMessage.of('C', "COPY"));
  }

  private long load(CopyCommand copy, List<URI> objects)
      throws IOException, Refusal, BackendException {
    Map<String, FieldType> columns = columns(copy);
    String names =
        columns.keySet().stream().map(SqlReader::quoted).collect(Collectors.joining(", "));
    relay.startCopy("COPY %s (%s) FROM STDIN".formatted(copy.table(), names));
    long rows = 0;
    try {
      CopyFeed feed = new CopyFeed(copy, List.copyOf(columns.values()));
      Chunks chunks = new Chunks();
      for (URI object : objects) {
        rows += feed.feed(s3, object, chunks::add);
      }
      chunks.flush();
    } catch (Refusal e) {
      relay.failCopy(e);
    } catch (SdkException e) {
      relay.failCopy(new Refusal(Refusal.INTERNAL_ERROR, "S3ServiceException:" + e.getMessage()));
    }
    try {
      relay.endCopy();
    } catch (BackendException e) {
      throw BackendErrors.isOfRow(e.error())
          ? new BackendException(
              CopyFeed.loadFailed(copy.table(), BackendErrors.ofRow(e.error())).message())
          : e;
    }
    return rows;
  }

  /** The columns that are loaded, in order. */
  private Map<String, FieldType> columns(CopyCommand copy)
      throws IOException, Refusal, BackendException {
    Map<String, FieldType> all = new LinkedHashMap<>();
    for (List<String> column :
        relay.ask(
            """
            SELECT a.attname, coalesce(nullif(t.typbasetype, 0), t.oid)::regtype
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum"""
                .formatted(copy.table().replace("'", "''")))) {
      all.put(column.get(0), type(column.get(1)));
    }
    if (copy.columns().isEmpty()) {
      return all;
    }
    Map<String, FieldType> named = new LinkedHashMap<>();
    for (String column : copy.columns()) {
      if (!all.containsKey(column)) {
        throw new Refusal(
            "42703",
            "column \"%s\" of relation \"%s\" does not exist"
                .formatted(column, copy.table().replace("\"", "")));
      }
      named.put(column, all.get(column));
    }
    return named;
  }

  private static FieldType type(String type) {
    return switch (type) {
      case "text", "character varying", "character" -> FieldType.TEXT;
      case "bytea" -> FieldType.BINARY;
      default -> FieldType.OTHER;
    };
  }

  /** Few messages for many lines. */
  private final class Chunks {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void add(String line) throws IOException {
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      if (bytes.size() >= CHUNK) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (bytes.size() > 0) {
        relay.copyData(bytes.toByteArray());
        bytes.reset();
      }
    }
  }
}
