package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Exactly one of several writers creates an object: Delta's commits rest on that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConditionalPutIT {
  private static final String BUCKET = "lake";
  private static final int MAX_WRITERS = 8;
  private static final int CREATED = 200;
  private static final int REFUSED = 412;

  private final S3Credentials credentials = new S3Credentials("key", "secret");
  private final ExecutorService threads = Executors.newFixedThreadPool(MAX_WRITERS + 1);
  private S3Service service;
  private List<S3Client> clients;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    int port = Ports.USUAL.orFree().s3();
    service = new S3Service(folder, port, credentials, BUCKET);
    service.start();
    service.awaitReady(Duration.ofSeconds(30));
    // A client for each writer, so that each has a connection of its own.
    clients = IntStream.range(0, MAX_WRITERS).mapToObj(i -> client(port)).toList();
  }

  @AfterAll
  void stop() throws Exception {
    threads.shutdownNow();
    clients.forEach(S3Client::close);
    service.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void exactlyOnePutCreatesTheObject(int writers) throws Exception {
    for (int round = 0; round < 200; round++) {
      // given
      String key = "log/%d/%020d.json".formatted(writers, round);

      // when
      List<Integer> answers = race(writers, writer -> put(key, writer));

      // then
      assertOneWinner(key, answers);
    }
  }

  @Test
  void exactlyOneMultipartUploadCreatesTheObject() throws Exception {
    for (int round = 0; round < 30; round++) {
      // given
      String key = "multipart/%020d.json".formatted(round);

      // when
      List<Integer> answers = race(MAX_WRITERS, writer -> upload(key, writer));

      // then
      assertOneWinner(key, answers);
    }
  }

  @Test
  void aPutAndAMultipartUploadDoNotBothCreateTheObject() throws Exception {
    for (int round = 0; round < 30; round++) {
      // given
      String key = "mixed/%020d.json".formatted(round);

      // when
      List<Integer> answers =
          race(4, writer -> writer % 2 == 0 ? put(key, writer) : upload(key, writer));

      // then
      assertOneWinner(key, answers);
    }
  }

  @Test
  void anObjectInTheMakingIsNotListed() throws Exception {
    // given
    String prefix = "listed/";
    Future<List<Integer>> writing =
        threads.submit(
            () -> {
              List<Integer> answers = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                answers.add(put(prefix + i % 3, 0));
                clients.get(0).deleteObject(delete -> delete.bucket(BUCKET).key(prefix + "2"));
              }
              return answers;
            });

    // when
    List<String> listed = new ArrayList<>();
    do {
      listed.addAll(
          clients
              .get(1)
              .listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix))
              .contents()
              .stream()
              .map(S3Object::key)
              .toList());
    } while (!writing.isDone());

    // then
    assertThat(writing.get()).contains(CREATED, REFUSED);
    assertThat(listed).isNotEmpty().allMatch(key -> key.matches("listed/\\d"));
  }

  @Test
  void anObjectThatMerelyLooksLikeOneInTheMakingIsListed() {
    // given
    String key = "looks/part-0b1f4c2e-0000-4000-8000-1234567890ab";
    put(key, 0);

    // when
    List<S3Object> listed =
        clients.get(0).listObjectsV2(list -> list.bucket(BUCKET).prefix("looks/")).contents();

    // then
    assertThat(listed).extracting(S3Object::key).containsExactly(key);
  }

  private List<Integer> race(int writers, Writer writer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Callable<Integer>> tasks =
        IntStream.range(0, writers)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      start.await();
                      return writer.write(i);
                    })
            .toList();
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> answer : threads.invokeAll(tasks)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private void assertOneWinner(String key, List<Integer> answers) {
    assertThat(answers).containsOnlyOnce(CREATED).containsOnly(CREATED, REFUSED);
    assertThat(clients.get(0).getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String())
        .isEqualTo(content(answers.indexOf(CREATED)));
  }

  private int put(String key, int writer) {
    return answer(
        () ->
            clients
                .get(writer)
                .putObject(
                    put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"),
                    RequestBody.fromString(content(writer))));
  }

  private int upload(String key, int writer) {
    S3Client client = clients.get(writer);
    String id =
        client
            .createMultipartUpload(
                create -> create.bucket(BUCKET).key(key).metadata(Map.of("writer", "" + writer)))
            .uploadId();
    String etag =
        client
            .uploadPart(
                part -> part.bucket(BUCKET).key(key).uploadId(id).partNumber(1),
                RequestBody.fromString(content(writer)))
            .eTag();
    return answer(
        () ->
            client.completeMultipartUpload(
                complete ->
                    complete
                        .bucket(BUCKET)
                        .key(key)
                        .uploadId(id)
                        .ifNoneMatch("*")
                        .multipartUpload(
                            parts ->
                                parts.parts(
                                    CompletedPart.builder().partNumber(1).eTag(etag).build()))));
  }

  private static int answer(Runnable request) {
    try {
      request.run();
      return CREATED;
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }

  private static String content(int writer) {
    return ("writer " + writer + "\n").repeat(500);
  }

  private S3Client client(int port) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.of(S3Service.REGION))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
        // Every answer counts; a retry would hide a first one.
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private interface Writer {
    int write(int writer);
  }
}
