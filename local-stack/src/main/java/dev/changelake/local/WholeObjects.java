package dev.changelake.local;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps objects in the making out of listings, as S3 does.
 *
 * <p>S3Proxy writes an object to a file {@code <key>-<uuid>} beside it, publishes it by a link or a
 * rename, and lists that file as if it were an object. A key of that form is left out when the
 * object is being written, or when its file is gone by now.
 */
final class WholeObjects extends ForwardingBlobStore {
  private static final Pattern IN_THE_MAKING =
      Pattern.compile("(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.DOTALL);

  private final Path folder;
  private final Set<Write> writes = ConcurrentHashMap.newKeySet();

  WholeObjects(BlobStore store, Path folder) {
    super(store);
    this.folder = folder;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return writing(request.bucket(), request.key(), () -> super.putBlob(request, payload));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return writing(
        request.destinationBucket(), request.destinationKey(), () -> super.copyBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return writing(
        upload.containerName(),
        upload.blobName(),
        () -> super.completeMultipartUpload(upload, request));
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response listed = super.list(request);
    List<S3Object> whole =
        listed.contents().stream()
            .filter(object -> !isInTheMaking(request.bucket(), object.key()))
            .toList();
    return whole.size() == listed.contents().size()
        ? listed
        : listed.toBuilder().contents(whole).keyCount(whole.size()).build();
  }

  private boolean isInTheMaking(String bucket, String key) {
    Matcher name = IN_THE_MAKING.matcher(key);
    // The order matters: a write that has ended since has removed its file before.
    return name.matches()
        && (writes.stream().anyMatch(write -> write.isOf(bucket, name.group(1)))
            || Files.notExists(folder.resolve(bucket).resolve(key)));
  }

  private <T> T writing(String bucket, String key, Supplier<T> work) {
    Write write = new Write(bucket, key);
    writes.add(write);
    try {
      return work.get();
    } finally {
      writes.remove(write);
    }
  }

  /** One write; several of one key are told apart by identity. */
  private static final class Write {
    private final String bucket;
    private final String key;

    Write(String bucket, String key) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
      this.key = Objects.requireNonNull(key, "key");
    }

    boolean isOf(String otherBucket, String otherKey) {
      return bucket.equals(otherBucket) && key.equals(otherKey);
    }
  }
}
