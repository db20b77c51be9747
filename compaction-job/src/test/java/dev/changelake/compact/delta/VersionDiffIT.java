package dev.changelake.compact.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.stack.TestStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences of versions that the lake's own kind of commits made, beside those of plain maps. */
class VersionDiffIT {
  private static final VersionDiff DIFF = new VersionDiff("_change", "I", "U", "D");
  private static final List<String> KEY = List.of("id");
  private static final List<String> COLUMNS = List.of("id", "text", "ratio");
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("text", DataTypes.StringType)
          .add("ratio", DataTypes.DoubleType);
  private static final int KEYS = 40;
  private static final int COMMITS = 6;

  @TempDir private Path folder;

  private final SparkSession spark = TestStack.get().spark().newSession();
  private LakeTable table;

  /** What each version holds, by the key. */
  private final List<SortedMap<Long, List<Object>>> versions = new ArrayList<>();

  @BeforeEach
  void createsTheTable() {
    table = new LakeTable(spark, folder.resolve("a table").toUri().toString());
    spark
        .createDataFrame(List.of(), SCHEMA)
        .write()
        .format("delta")
        .options(new Retention(Duration.ofDays(30)).properties())
        .option("delta.enableDeletionVectors", "true")
        .save(table.path());
    versions.add(new TreeMap<>());
  }

  @Test
  void aRowThatWasTakenOutOfAFileThatStaysIsSeen() {
    // given: two files, of which commits mark rows and leave the rest
    append(Map.of(1L, List.of("a", 1.0), 2L, List.of("a", 1.0)));
    append(Map.of(10L, List.of("a", 1.0), 11L, List.of("a", 1.0)));
    merge(Map.of(1L, List.of("new", 1.0)), List.of());
    merge(Map.of(2L, List.of("new", -0.0)), List.of(10L));

    // when, then
    assertThat(difference(3, 4)).containsExactly("D 10 null null", "U 2 new -0.0");
    assertThat(difference(2, 4)).containsExactly("D 10 null null", "U 1 new 1.0", "U 2 new -0.0");
    assertThat(difference(4, 4)).isEmpty();
  }

  @Test
  void aDifferenceIsFoundInTheTablesSession() {
    // given: how large the work is stands in the session, and another one is active
    append(Map.of(1L, List.of("a", 1.0)));
    append(Map.of(2L, List.of("a", 1.0)));
    SparkSession before = SparkSession.active();
    SparkSession active = spark.newSession();
    SparkSession.setActiveSession(active);
    try {
      // when
      Dataset<Row> difference = DIFF.between(table, 1, 2, KEY, COLUMNS);

      // then
      assertThat(difference.sparkSession()).isSameAs(spark);
      assertThat(SparkSession.active()).isSameAs(active);
    } finally {
      SparkSession.setActiveSession(before);
    }
  }

  @Test
  void randomVersionsDifferAsMapsDo() {
    // given
    long seed = System.nanoTime();
    System.out.println("VersionDiffIT seed " + seed);
    Random random = new Random(seed);
    Map<Long, List<Object>> first = new TreeMap<>();
    for (long id = 0; id < KEYS; id += 2) {
      first.put(id, row(random));
    }
    append(first);
    for (int i = 0; i < COMMITS; i++) {
      Map<Long, List<Object>> puts = new TreeMap<>();
      List<Long> deletes = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        puts.put((long) random.nextInt(KEYS), row(random));
        deletes.add((long) random.nextInt(KEYS));
      }
      deletes.removeAll(puts.keySet());
      merge(puts, deletes);
    }

    for (int from = 0; from < versions.size(); from += 3) {
      for (int to = from + 1; to < versions.size(); to += 3) {
        // when, then
        assertThat(difference(from, to))
            .as("seed %d, from %d to %d", seed, from, to)
            .isEqualTo(expected(versions.get(from), versions.get(to)));
      }
    }
  }

  private static List<Object> row(Random random) {
    List<Object> row = new ArrayList<>();
    row.add(random.nextInt(4) == 0 ? null : "t" + random.nextInt(2));
    row.add(List.of(0.0, -0.0, Double.NaN, 1.5).get(random.nextInt(4)));
    return row;
  }

  private void append(Map<Long, List<Object>> rows) {
    rows(rows, List.of()).drop("gone").write().format("delta").mode("append").save(table.path());
    SortedMap<Long, List<Object>> next = new TreeMap<>(versions.get(versions.size() - 1));
    next.putAll(rows);
    versions.add(next);
  }

  private void merge(Map<Long, List<Object>> puts, List<Long> deletes) {
    table
        .delta()
        .as("t")
        .merge(rows(puts, deletes).as("s"), "t.id = s.id")
        .whenMatched("s.gone")
        .delete()
        .whenMatched()
        .updateExpr(Map.of("text", "s.text", "ratio", "s.ratio"))
        .whenNotMatched("NOT s.gone")
        .insertExpr(Map.of("id", "s.id", "text", "s.text", "ratio", "s.ratio"))
        .execute();
    SortedMap<Long, List<Object>> next = new TreeMap<>(versions.get(versions.size() - 1));
    next.putAll(puts);
    deletes.forEach(next::remove);
    versions.add(next);
  }

  private Dataset<Row> rows(Map<Long, List<Object>> puts, List<Long> deletes) {
    List<Row> rows = new ArrayList<>();
    puts.forEach((id, row) -> rows.add(RowFactory.create(id, row.get(0), row.get(1), false)));
    new TreeSet<>(deletes).forEach(id -> rows.add(RowFactory.create(id, null, null, true)));
    return spark.createDataFrame(rows, SCHEMA.add("gone", DataTypes.BooleanType)).coalesce(1);
  }

  private List<String> difference(int from, int to) {
    return DIFF.between(table, from, to, KEY, COLUMNS).collectAsList().stream()
        .map(row -> "%s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3)))
        .sorted()
        .toList();
  }

  private static List<String> expected(
      SortedMap<Long, List<Object>> from, SortedMap<Long, List<Object>> to) {
    List<String> changes = new ArrayList<>();
    TreeSet<Long> ids = new TreeSet<>(from.keySet());
    ids.addAll(to.keySet());
    for (Long id : ids) {
      List<Object> before = from.get(id);
      List<Object> after = to.get(id);
      if (after == null) {
        changes.add("D %d null null".formatted(id));
      } else if (!Objects.equals(before, after)) {
        changes.add(
            "%s %d %s %s".formatted(before == null ? "I" : "U", id, after.get(0), after.get(1)));
      }
    }
    return changes.stream().sorted().toList();
  }
}
