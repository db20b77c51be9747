package dev.changelake.compact.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.spark.SparkSessions;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A write that comes past every other guard fails at the store's door. */
class ReadOnlyS3IT {
  private final TestStack stack = TestStack.get();

  @Test
  void objectsAreReadAndNothingIsWritten() throws IOException {
    // given
    Map<String, String> lake = stack.freshBucket(Map.of());
    String bucket = lake.get("lake.bucket");
    Configuration hadoop = SparkSessions.hadoop(stack.configuration(lake));
    hadoop.set("fs.s3a.impl", ReadOnlyS3.class.getName());
    Path path = new Path("s3a://%s/data/part-0".formatted(bucket));
    Path other = new Path(path.getParent(), "other");
    try (S3Client s3 = stack.s3();
        FileSystem store = FileSystem.newInstance(path.toUri(), hadoop)) {
      s3.putObject(put -> put.bucket(bucket).key("data/part-0"), RequestBody.fromString("rows"));

      ConditionalPutLogStore log = new ConditionalPutLogStore(hadoop);

      // when
      List<ThrowingCallable> writes =
          List.of(
              () -> store.create(other).close(),
              () -> store.create(path, true).close(),
              () -> store.createNonRecursive(other, true, 1, (short) 1, 1, null).close(),
              () -> store.createFile(other).build().close(),
              () -> store.append(path).close(),
              () -> store.rename(path, other),
              () -> store.delete(path, false),
              () -> store.delete(path.getParent(), true),
              () -> store.mkdirs(other),
              () -> log.write(other, List.of("{}").iterator(), false, store.getConf()),
              () -> log.write(path, List.of("{}").iterator(), true, store.getConf()));

      // then
      assertThat(writes)
          .allSatisfy(
              write -> assertThatThrownBy(write).isInstanceOf(ReadOnlyFileSystemException.class));
      try (FSDataInputStream in = store.open(path)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("rows");
      }
      assertThat(s3.listObjectsV2(list -> list.bucket(bucket)).contents())
          .extracting(S3Object::key)
          .containsExactly("data/part-0");
    }
  }
}
