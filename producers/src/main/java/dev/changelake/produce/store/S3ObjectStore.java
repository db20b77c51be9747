package dev.changelake.produce.store;

import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3, or of what speaks its protocol. */
public final class S3ObjectStore implements ObjectStore {
  private static final int CLIENT_ERROR = 4;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;
  private final String where;

  private S3ObjectStore(S3Client client, String bucket, String where) {
    this.client = client;
    this.bucket = bucket;
    this.where = where;
  }

  /**
   * Opens the configured bucket; nothing is asked of it yet.
   *
   * @throws ChangelakeException of category usage if its settings contradict each other
   */
  public static S3ObjectStore open(Configuration configuration) {
    try {
      S3Settings settings = S3Settings.of(configuration.s3a());
      String where =
          "s3://%s at %s"
              .formatted(
                  configuration.bucket(), settings.endpoint().map(Object::toString).orElse("AWS"));
      return new S3ObjectStore(S3Clients.of(settings), configuration.bucket(), where);
    } catch (IllegalArgumentException | SdkException e) {
      throw new ChangelakeException(
              ErrorCategory.USAGE,
              "The object store's settings are refused.",
              e.getMessage() + ".",
              "Correct the fs.s3a.* keys of the configuration.")
          .causedBy(e);
    }
  }

  @Override
  public Optional<byte[]> get(String path) {
    return call(
        "read",
        path,
        () -> {
          try {
            return Optional.of(
                client.getObjectAsBytes(request -> request.bucket(bucket).key(path)).asByteArray());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void put(String path, byte[] content) {
    call(
        "write",
        path,
        () -> client.putObject(request(path).build(), RequestBody.fromBytes(content)));
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    return call(
        "write",
        path,
        () -> {
          try {
            client.putObject(
                request(path).ifNoneMatch("*").build(), RequestBody.fromBytes(content));
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public void close() {
    client.close();
  }

  private PutObjectRequest.Builder request(String path) {
    return PutObjectRequest.builder().bucket(bucket).key(path);
  }

  private <T> T call(String verb, String path, Supplier<T> action) {
    try {
      return action.get();
    } catch (SdkException e) {
      throw unavailable(verb, path, e);
    }
  }

  private ChangelakeException unavailable(String verb, String path, SdkException e) {
    ChangelakeException failure =
        new ChangelakeException(
                ErrorCategory.TABLE,
                "Cannot %s %s in %s.".formatted(verb, path, where),
                e.getMessage(),
                "Check that the object store is up (`bin/changelake local status`), that the bucket"
                    + " exists and that the credentials may use it; then run the command again.")
            .causedBy(e);
    boolean refused = e instanceof S3Exception answer && answer.statusCode() / 100 == CLIENT_ERROR;
    return refused ? failure.notRetryable() : failure;
  }
}
