package dev.changelake.produce.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Builds the S3 client that the settings describe. */
final class S3Clients {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofSeconds(30);
  private static final Duration CALLING = Duration.ofMinutes(2);

  private S3Clients() {}

  static S3Client of(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTING)
                    .socketTimeout(ANSWERING))
            .overrideConfiguration(override -> override.apiCallTimeout(CALLING))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    settings.endpoint().ifPresent(builder::endpointOverride);
    if (settings.region().isPresent()) {
      builder.region(Region.of(settings.region().get()));
    } else if (settings.endpoint().isPresent()) {
      // An endpoint of one's own needs no region, but each signature names one.
      builder.region(Region.US_EAST_1);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    if (settings.accessKey().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    String key = settings.accessKey().get();
    String secret = settings.secretKey().orElseThrow();
    AwsCredentials credentials =
        settings
            .sessionToken()
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(key, secret, token))
            .orElseGet(() -> AwsBasicCredentials.create(key, secret));
    return StaticCredentialsProvider.create(credentials);
  }
}
