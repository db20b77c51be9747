package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 answers beyond what S3Proxy alone would. */
class S3ServiceIT {
  private static final String BUCKET = "lake";
  private static final String MD5_OF_ADA = "\"1a382809b7c03f686e12dd15677c5497\"";

  @TempDir private Path folder;
  private final S3Credentials credentials = new S3Credentials("key", "secret");
  private int port;
  private S3Service service;
  private S3Client client;

  @BeforeEach
  void start() throws Exception {
    port = Ports.USUAL.orFree().s3();
    service = new S3Service(folder, port, credentials, BUCKET);
    service.start();
    service.awaitReady(Duration.ofSeconds(30));
    client = client(credentials);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    service.stop();
  }

  @Test
  void aFileWithoutAttributesHasItsContentsEtag() throws Exception {
    // given
    Files.writeString(folder.resolve(BUCKET).resolve("by-hand.csv"), "Ada");

    // when
    ResponseBytes<GetObjectResponse> found =
        client.getObjectAsBytes(
            get -> get.bucket(BUCKET).key("by-hand.csv").ifMatch(MD5_OF_ADA).range("bytes=1-2"));

    // then
    assertThat(found.asUtf8String()).isEqualTo("da");
    assertThat(found.response().eTag()).isEqualTo(MD5_OF_ADA);
    assertThat(client.headObject(head -> head.bucket(BUCKET).key("by-hand.csv")).eTag())
        .isEqualTo(MD5_OF_ADA);
  }

  @Test
  void aFileWithoutAttributesThatChangedIsNotWhatTheReaderAskedFor() throws Exception {
    // given
    Path file = folder.resolve(BUCKET).resolve("by-hand.csv");
    Files.writeString(file, "Ada");
    client.headObject(head -> head.bucket(BUCKET).key("by-hand.csv"));

    // when
    Files.writeString(file, "Grace");

    // then
    assertThatThrownBy(
            () ->
                client.getObjectAsBytes(
                    get -> get.bucket(BUCKET).key("by-hand.csv").ifMatch(MD5_OF_ADA)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
  }

  @Test
  void aWrongSecretIsRefused() {
    // given
    try (S3Client stranger = client(new S3Credentials("key", "wrong"))) {
      // then
      assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket(BUCKET)))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private S3Client client(S3Credentials with) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.of(S3Service.REGION))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(with.accessKey(), with.secretKey())))
        .build();
  }
}
