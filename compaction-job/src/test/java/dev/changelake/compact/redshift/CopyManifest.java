package dev.changelake.compact.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds the objects that a COPY reads: those of its manifest, or all under its prefix. */
final class CopyManifest {
  private static final int NOT_FOUND = 404;

  private final S3Client s3;

  CopyManifest(S3Client s3) {
    this.s3 = s3;
  }

  /** The objects, of which each exists. */
  List<URI> objects(CopyCommand copy) throws Refusal {
    return copy.manifest() ? entries(copy) : underPrefix(copy.from());
  }

  private List<URI> entries(CopyCommand copy) throws Refusal {
    List<URI> found = new ArrayList<>();
    for (JsonNode entry : document(copy.from()).path("entries")) {
      URI url = URI.create(entry.path("url").asText());
      if (copy.format() == CopyCommand.Format.PARQUET
          && !entry.path("meta").path("content_length").isIntegralNumber()) {
        throw new Refusal(
            Refusal.INTERNAL_ERROR,
            "Manifest file must contain the content_length of each file of a columnar format",
            "url: " + url);
      }
      if (exists(url)) {
        found.add(url);
      } else if (entry.path("mandatory").asBoolean(false)) {
        throw noSuchKey(url);
      }
    }
    return found;
  }

  private JsonNode document(URI manifest) throws Refusal {
    try {
      JsonNode document =
          new ObjectMapper()
              .readTree(
                  s3.getObjectAsBytes(get -> get.bucket(manifest.getHost()).key(key(manifest)))
                      .asByteArray());
      if (!document.path("entries").isArray()) {
        throw new Refusal(
            Refusal.INTERNAL_ERROR, "Manifest file is not in correct json format: " + manifest);
      }
      return document;
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Refusal.INTERNAL_ERROR, "Manifest file is not in correct json format: " + manifest);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (S3Exception e) {
      throw new Refusal(
          Refusal.INTERNAL_ERROR, "Problem reading manifest file - " + describe(e), at(manifest));
    }
  }

  private boolean exists(URI url) throws Refusal {
    try {
      s3.headObject(head -> head.bucket(url.getHost()).key(key(url)));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw new Refusal(Refusal.INTERNAL_ERROR, describe(e), at(url));
    }
  }

  private List<URI> underPrefix(URI prefix) throws Refusal {
    try {
      List<URI> found =
          s3
              .listObjectsV2Paginator(list -> list.bucket(prefix.getHost()).prefix(key(prefix)))
              .contents()
              .stream()
              .map(S3Object::key)
              .sorted()
              .map(key -> URI.create("s3://" + prefix.getHost() + "/" + key))
              .toList();
      if (found.isEmpty()) {
        throw new Refusal(
            Refusal.INTERNAL_ERROR,
            "The specified S3 prefix '%s' does not exist".formatted(key(prefix)));
      }
      return found;
    } catch (S3Exception e) {
      throw new Refusal(Refusal.INTERNAL_ERROR, describe(e), at(prefix));
    }
  }

  static String key(URI url) {
    return url.getPath().substring(1);
  }

  private static Refusal noSuchKey(URI url) {
    return new Refusal(
        Refusal.INTERNAL_ERROR,
        "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey",
        at(url));
  }

  private static String describe(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "unknown" : e.awsErrorDetails().errorCode();
    return "S3ServiceException:Status %d,Error %s".formatted(e.statusCode(), code);
  }

  private static String at(URI url) {
    return "code: 8001, context: S3 key being read : " + url;
  }
}
