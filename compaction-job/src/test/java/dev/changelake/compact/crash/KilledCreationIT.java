package dev.changelake.compact.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.delta.CommitTag;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.delta.Retention;
import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.stack.TestStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A driver was killed between making a table's folder and the table's first commit. */
final class KilledCreationIT {
  private static final StructType SCHEMA = new StructType().add("id", DataTypes.LongType);

  @Test
  void anEmptyLogFolderIsNoObstacle() {
    // given: what Delta leaves when it dies before version 0
    TestStack stack = TestStack.get();
    String bucket = stack.freshBucket(Map.of()).get("lake.bucket");
    try (S3Client s3 = stack.s3()) {
      s3.putObject(
          request -> request.bucket(bucket).key("data/delta/t/_delta_log/"), RequestBody.empty());
    }
    LakeTable table = new LakeTable(stack.spark(), "s3a://" + bucket + "/data/delta/t");

    // when
    table.createIfAbsent(
        SCHEMA,
        List.of(),
        new Retention(Duration.ofDays(400)).properties(),
        CommitTag.of("lake", "t", Stage.CREATE, new PlanName(1, 0)));

    // then
    assertThat(table.exists()).isTrue();
  }
}
