package dev.changelake.produce.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What this module needs of Hadoop's S3A options, under their own names. */
record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<String> accessKey,
    Optional<String> secretKey,
    Optional<String> sessionToken) {
  private static final String PREFIX = "fs.s3a.";

  static S3Settings of(Map<String, String> s3a) {
    boolean ssl = Boolean.parseBoolean(s3a.getOrDefault(PREFIX + "connection.ssl.enabled", "true"));
    return new S3Settings(
        text(s3a, "endpoint").map(endpoint -> uri(endpoint, ssl)),
        text(s3a, "endpoint.region"),
        Boolean.parseBoolean(s3a.getOrDefault(PREFIX + "path.style.access", "false")),
        text(s3a, "access.key"),
        text(s3a, "secret.key"),
        text(s3a, "session.token"));
  }

  S3Settings {
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new IllegalArgumentException(
          "fs.s3a.access.key and fs.s3a.secret.key must be given together");
    }
  }

  /** Names no credentials. */
  @Override
  public String toString() {
    return "S3Settings[endpoint=%s, region=%s, pathStyle=%s]"
        .formatted(endpoint, region, pathStyle);
  }

  private static Optional<String> text(Map<String, String> s3a, String key) {
    return Optional.ofNullable(s3a.get(PREFIX + key)).filter(value -> !value.isEmpty());
  }

  private static URI uri(String endpoint, boolean ssl) {
    return URI.create(
        endpoint.contains("://") ? endpoint : (ssl ? "https://" : "http://") + endpoint);
  }
}
