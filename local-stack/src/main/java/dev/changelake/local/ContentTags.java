package dev.changelake.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Gives an ETag, its content's MD5, to every object that the store keeps none for.
 *
 * <p>S3Proxy keeps an ETag in the file's extended attributes. A file system may have none, and a
 * copy of the folder or a file put there by hand loses them; Hadoop's S3A then refuses to read.
 */
final class ContentTags extends ForwardingBlobStore {
  private static final int REMEMBERED = 10_000;

  private final Path folder;
  private final Map<Path, Tag> tags = new ConcurrentHashMap<>();

  ContentTags(BlobStore store, Path folder) {
    super(store);
    this.folder = folder;
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    HeadObjectResponse found = super.blobMetadata(request);
    return found.eTag() != null
        ? found
        : tag(request.bucket(), request.key())
            .map(tag -> found.toBuilder().eTag(tag).build())
            .orElse(found);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    ResponseInputStream<GetObjectResponse> found = super.getBlob(request);
    if (found.response().eTag() != null) {
      return found;
    }
    Optional<String> tag = tag(request.bucket(), request.key());
    if (tag.isEmpty()) {
      return found;
    }
    // The store has let the condition pass, since it had nothing to compare.
    if (request.ifMatch() != null && !matches(request.ifMatch(), tag.get())) {
      found.abort();
      throw S3Exceptions.preconditionFailed(null);
    }
    return new ResponseInputStream<>(
        found.response().toBuilder().eTag(tag.get()).build(), (InputStream) found);
  }

  private static boolean matches(String condition, String tag) {
    return condition.equals("*") || condition.equals(tag) || ("\"" + condition + "\"").equals(tag);
  }

  private Optional<String> tag(String bucket, String key) {
    Path file = folder.resolve(bucket).resolve(key);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        return Optional.empty();
      }
      Tag known = tags.get(file);
      if (known != null && known.isOf(now)) {
        return Optional.of(known.value);
      }
      Tag computed = new Tag(now.size(), now.lastModifiedTime(), "\"" + md5(file) + "\"");
      if (tags.size() >= REMEMBERED) {
        tags.clear();
      }
      tags.put(file, computed);
      return Optional.of(computed.value);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Tag(long size, FileTime modified, String value) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime());
    }
  }
}
