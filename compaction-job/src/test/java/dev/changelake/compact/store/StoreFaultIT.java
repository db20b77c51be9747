package dev.changelake.compact.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.result.Failures;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.FaultProxy.Answer;
import dev.changelake.compact.store.FaultProxy.Fault;
import dev.changelake.compact.store.FaultProxy.Request;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Conditional puts on a real store whose answers get lost, late or wrong on the way. */
final class StoreFaultIT {
  private static final byte[] OURS = bytes("ours");
  private static final byte[] THEIRS = bytes("theirs");
  private static final Fault ANSWER_LOST =
      (request, store) -> {
        store.forward(request);
        return Optional.empty();
      };

  private final TestStack stack = TestStack.get();
  private final String bucket = stack.freshBucket(Map.of()).get("lake.bucket");
  private final Path path = new Path("s3a://" + bucket + "/data/_changelake/plans/1.json");
  private S3Client s3;
  private FaultProxy proxy;
  private FileSystem fileSystem;

  @BeforeEach
  void open() throws IOException {
    s3 = stack.s3();
    proxy = FaultProxy.start(stack.s3Endpoint());
    fileSystem = path.getFileSystem(hadoop(proxy.endpoint()));
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
    proxy.close();
    s3.close();
  }

  @Test
  void aPutWhoseAnswerIsLostIsOurs() throws IOException {
    // given
    proxy.inject(Request::isConditionalPut, 1, ANSWER_LOST);
    AtomicInteger refused = countRefused();

    // when
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    assertThat(won).isTrue();
    assertThat(stored()).isEqualTo(OURS);
    assertThat(refused).as("puts sent again, and refused").hasPositiveValue();
  }

  @Test
  void aPutThatArrivedAndWasAnsweredWithAnErrorIsOurs() throws IOException {
    // given
    proxy.inject(
        Request::isConditionalPut,
        1,
        (request, store) -> {
          store.forward(request);
          return Optional.of(Answer.error(500, "InternalError"));
        });

    // when
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    assertThat(won).isTrue();
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void aLostRaceWhoseAnswerIsLostIsLost() throws IOException {
    // given
    s3.putObject(request -> request.bucket(bucket).key(key()), body(THEIRS));
    proxy.inject(Request::isConditionalPut, 1, ANSWER_LOST);

    // when
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    assertThat(won).isFalse();
    assertThat(stored()).isEqualTo(THEIRS);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsCommittedOnce() throws IOException {
    // given
    ConditionalPutLogStore log = new ConditionalPutLogStore(hadoop(proxy.endpoint()));
    Path commit =
        new Path("s3a://" + bucket + "/data/delta/t/_delta_log/00000000000000000000.json");
    proxy.inject(request -> isPutOf(request, commit), 1, ANSWER_LOST);

    // when
    log.write(commit, List.of("{}").iterator(), false, hadoop(proxy.endpoint()));

    // then
    assertThatThrownBy(
            () -> log.write(commit, List.of("{ }").iterator(), false, hadoop(proxy.endpoint())))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefusedWhenTheLakeIsOpened() {
    // given
    ignoreConditions();

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> S3LakeFiles.openToWrite("s3a://" + bucket, hadoop(proxy.endpoint())));

    // then
    assertThat(refused.problem()).contains("ignores If-None-Match");
    assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(refused.retryable()).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void aStoreThatIgnoresTheTagOfWhatIsReplacedIsRefusedToo() {
    // given: it says yes to every put, whatever it saw
    proxy.inject(
        Request::isSwap,
        Integer.MAX_VALUE,
        (request, store) ->
            Optional.of(new Answer(200, List.of(Map.entry("ETag", "\"any\"")), new byte[0])));

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> S3LakeFiles.openToWrite("s3a://" + bucket, hadoop(proxy.endpoint())));

    // then
    assertThat(refused.problem()).contains("ignores If-Match");
    assertThat(refused.retryable()).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefusedAtTheFirstCommit() {
    // given
    ConditionalPutLogStore log = new ConditionalPutLogStore(hadoop(proxy.endpoint()));
    Path commit =
        new Path("s3a://" + bucket + "/data/delta/t/_delta_log/00000000000000000000.json");
    ignoreConditions();

    // when
    Throwable refused =
        catchThrowable(
            () -> log.write(commit, List.of("{}").iterator(), false, hadoop(proxy.endpoint())));

    // then
    assertThat(refused)
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("ignores If-None-Match");
    assertThat(written()).isEmpty();
  }

  @Test
  void aConflictWithAPutUnderWayIsTriedAgain() throws IOException {
    // given
    proxy.inject(Request::isConditionalPut, 1, answer(409, "ConditionalRequestConflict"));

    // when
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    assertThat(won).isTrue();
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  void aConflictWithAPutThatThenArrivesIsALostRace() throws IOException {
    // given
    proxy.inject(
        Request::isConditionalPut,
        1,
        (request, store) -> {
          s3.putObject(put -> put.bucket(bucket).key(key()), body(THEIRS));
          return Optional.of(Answer.error(409, "ConditionalRequestConflict"));
        });

    // when
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    assertThat(won).isFalse();
    assertThat(stored()).isEqualTo(THEIRS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void aBusyStoreIsAskedAgain(int times) throws IOException {
    // given
    proxy.inject(Request::isConditionalPut, times, answer(503, "SlowDown"));

    // when
    Instant start = Instant.now();
    boolean won = ConditionalPut.put(fileSystem, path, OURS);

    // then
    System.out.println("503 " + times + " times: " + Duration.between(start, Instant.now()));
    assertThat(won).isTrue();
    assertThat(stored()).isEqualTo(OURS);
  }

  @Test
  @Tag("thorough")
  void aStoreThatIsAwayIsExplainedSoon() throws IOException {
    // given
    String nobody = "http://127.0.0.1:" + freePort();

    // when
    Instant start = Instant.now();
    Throwable failure =
        catchThrowable(() -> S3LakeFiles.openToWrite("s3a://" + bucket, hadoop(nobody)));
    Duration took = Duration.between(start, Instant.now());

    // then
    System.out.println("store away: " + took);
    ChangelakeException explained = Failures.explained(failure).orElseThrow();
    assertThat(explained.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(explained.retryable()).isTrue();
    assertThat(took).isLessThan(Duration.ofMinutes(1));
  }

  /**
   * The effect of a store that knows no conditions: the header is signed, so that the proxy cannot
   * take it off; it takes away what the condition asks for instead.
   */
  private void ignoreConditions() {
    proxy.inject(
        Request::isConditionalPut,
        Integer.MAX_VALUE,
        (request, store) -> {
          String key = request.path().substring(bucket.length() + 2);
          s3.deleteObject(delete -> delete.bucket(bucket).key(key));
          return Optional.of(store.forward(request));
        });
  }

  private AtomicInteger countRefused() {
    AtomicInteger refused = new AtomicInteger();
    proxy.inject(
        Request::isConditionalPut,
        Integer.MAX_VALUE,
        (request, store) -> {
          Answer answer = store.forward(request);
          refused.addAndGet(answer.status() == 412 ? 1 : 0);
          return Optional.of(answer);
        });
    return refused;
  }

  private static Fault answer(int status, String code) {
    return (request, store) -> Optional.of(Answer.error(status, code));
  }

  private static boolean isPutOf(Request request, Path path) {
    return request.isConditionalPut() && request.path().endsWith(path.toUri().getPath());
  }

  /** The product's own settings, by way of its session. */
  private Configuration hadoop(String endpoint) {
    Configuration hadoop = new Configuration(stack.spark().sparkContext().hadoopConfiguration());
    hadoop.set("fs.s3a.endpoint", endpoint);
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    return hadoop;
  }

  /** The bucket's objects but the empty folder marker that S3A leaves for a deleted probe. */
  private List<String> written() {
    return s3.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.equals("data/_changelake/probe/"))
        .toList();
  }

  private byte[] stored() {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key())).asByteArray();
  }

  private String key() {
    return path.toUri().getPath().substring(1);
  }

  private static RequestBody body(byte[] content) {
    return RequestBody.fromBytes(content);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
