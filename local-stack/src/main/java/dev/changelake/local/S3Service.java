package dev.changelake.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3's protocol in front of a folder: a bucket is a folder in it, an object a file. */
final class S3Service implements Service {
  static final String REGION = "us-east-1";

  private final Path folder;
  private final int port;
  private final S3Credentials credentials;
  private final String bucket;
  private S3Proxy server;

  S3Service(Path folder, int port, S3Credentials credentials, String bucket) {
    this.folder = folder;
    this.port = port;
    this.credentials = credentials;
    this.bucket = bucket;
  }

  @Override
  public ServiceDescription describe() {
    return new ServiceDescription(ServiceKind.S3, port, "s3.log");
  }

  @Override
  public void start() throws Exception {
    Files.createDirectories(folder.resolve(bucket));
    server =
        S3Proxy.builder()
            .blobStore(store())
            .endpoint(endpoint())
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
            .jettyMaxThreads(64)
            .stopTimeout(Duration.ofSeconds(5).toMillis())
            .build();
    server.start();
  }

  @Override
  public void awaitReady(Duration limit) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint())
            .region(Region.of(REGION))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
            .overrideConfiguration(override -> override.apiCallTimeout(limit))
            .build()) {
      client.headBucket(request -> request.bucket(bucket));
    }
  }

  @Override
  public void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private BlobStore store() {
    BlobStore files = new FilesystemNio2BlobStore(folder.toString());
    return new WholeObjects(new ContentTags(files, folder), folder);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
