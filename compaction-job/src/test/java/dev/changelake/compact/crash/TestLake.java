package dev.changelake.compact.crash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.plan.BatchId;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.result.RunResult;
import dev.changelake.compact.run.Compaction;
import dev.changelake.compact.run.Progress;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.SealedJson;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.oracle.DeltaKernelReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import software.amazon.awssdk.services.s3.S3Client;

/** A lake in a bucket of its own, compacted in this JVM and looked into from outside the job. */
final class TestLake {
  private final TestStack stack;
  private final Map<String, String> entries;
  private final Configuration configuration;
  private final TableContracts contracts;
  private final Lake lake;

  TestLake(TestStack stack) {
    this.stack = stack;
    this.entries = stack.entries(stack.freshBucket(Map.of("lake.quarantine-max-share", "1")));
    this.configuration = Configuration.of(entries);
    this.contracts = TableContracts.load(Optional.empty());
    this.lake = Lake.open(configuration, stack.spark(), Clock.systemUTC());
  }

  /** Writes the lake's configuration, with further entries, for a process of its own. */
  Path configurationFile(Path folder, Map<String, String> further) throws IOException {
    Map<String, String> all = new HashMap<>(entries);
    all.putAll(further);
    Path file = Files.createTempFile(folder, "lake", ".json");
    Files.write(file, SealedJson.mapper().writeValueAsBytes(all));
    return file;
  }

  RunResult compact(BatchId batch) {
    Progress silent =
        new HaltingProgress(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Optional.empty());
    return Compaction.run(configuration, stack.spark(), lake, silent, Clock.systemUTC())
        .compact(batch, Optional.empty(), Optional.empty())
        .orThrow();
  }

  Lake opened() {
    return lake;
  }

  /** Leaves the batch as a driver does that dies before its last step. */
  void forgetManifest(BatchId batch) {
    Plan plan = lake.plans().last().orElseThrow();
    String key = "data/_changelake/batches/%08d.%s.json".formatted(plan.name().n(), batch.text());
    try (S3Client s3 = stack.s3()) {
      s3.deleteObject(request -> request.bucket(entries.get("lake.bucket")).key(key));
    }
    assertThat(lake.batches().find(batch)).isEmpty();
  }

  CommitFile newestCommit(String table) {
    LakeTable delta = new LakeTable(stack.spark(), table);
    return CommitFile.of(
        table,
        delta.commitsSince(-1).get(0).version(),
        stack.spark().sparkContext().hadoopConfiguration());
  }

  /** How far the newest plan came, by the commits that name it. */
  Stages stages() {
    Plan plan = lake.plans().last().orElseThrow();
    return new Stages(
        plan.batch(),
        committed(plan, "land", contracts.all(), lake.layout()::changes),
        committed(plan, "merge", contracts.targets(), lake.layout()::table),
        lake.batches().find(plan.batch()).isPresent());
  }

  private Set<String> committed(
      Plan plan, String stage, Collection<TableContract> tables, UnaryOperator<String> path) {
    return tables.stream()
        .map(TableContract::table)
        .filter(
            table -> {
              LakeTable delta = new LakeTable(stack.spark(), path.apply(table));
              return delta.exists()
                  && delta.commitsSince(-1).stream()
                      .anyMatch(
                          commit ->
                              commit.plan().equals(Optional.of(plan.name()))
                                  && commit.stage().equals(Optional.of(stage)));
            })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every table, cell by cell, as of a batch; read by Delta Kernel, not by the engine at test. */
  Map<String, Map<String, SortedMap<String, Object>>> tables(Manifest manifest) {
    DeltaKernelReader reader =
        new DeltaKernelReader(stack.spark().sparkContext().hadoopConfiguration());
    return contracts.targets().stream()
        .collect(
            Collectors.toMap(
                TableContract::table,
                target ->
                    reader.at(
                        lake.layout().table(target.table()),
                        manifest.tables().get(target.table()),
                        target.key())));
  }

  /** Every row of every change log as JSON, sorted: a landing that came twice shows. */
  List<String> changes() {
    return contracts.all().stream()
        .map(contract -> lake.layout().changes(contract.table()))
        .map(path -> new LakeTable(stack.spark(), path).read())
        .map(log -> log.select(to_json(struct(col("*"))).as("row")))
        .reduce(Dataset::union)
        .orElseThrow()
        .sort("row")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
