package dev.changelake.compact.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.ledger.TableLedger;
import dev.changelake.compact.stack.Producers;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.config.Configuration;
import dev.changelake.config.ConfigurationFile;
import dev.changelake.oracle.OffsetSpan;
import dev.changelake.oracle.Oracle;
import dev.changelake.oracle.SourceTable;
import dev.changelake.oracle.TableComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mock platform as users run it, in processes of its own, for its start and two days. */
@Tag("thorough")
class MockProducerIT {
  private static final List<String> TOPICS =
      Arrays.stream(SourceTable.values()).map(SourceTable::topic).toList();

  @TempDir private Path directory;
  private LakeUnderTest lake;

  @Test
  void days_that_are_said_again_change_nothing() throws Exception {
    TestStack stack = TestStack.get();
    // Producers find Kafka empty, and so make the topics themselves.
    stack.freshLake(Map.of());
    Map<String, String> entries = stack.entries(stack.freshBucket(Map.of()));
    new ObjectMapper().writeValue(directory.resolve("stack.json").toFile(), entries);
    Configuration configuration = ConfigurationFile.read(directory.resolve("stack.json"));
    lake = new LakeUnderTest("MockProducerIT", configuration);
    // Hears everything once, however often it is said.
    Oracle once = new Oracle(LakeUnderTest.origin(configuration));

    produce("init", "2026-01-01", 200);
    Manifest start = compact("2026-01-01");
    once.apply(1, lake.topics().read(LakeUnderTest.spans(start)));

    produceDay("2026-01-02");
    produceDay("2026-01-03");
    List<OffsetSpan> saidOnce = lake.topics().spans(TOPICS);
    produceDay("2026-01-03");
    produceDay("2026-01-02");
    Manifest late = compact("2026-01-03");
    once.apply(2, lake.topics().read(upTo(saidOnce, late)));
    requireData(once, late);
    assertThat(repeated(late)).isPositive();
  }

  private Manifest compact(String batch) {
    Manifest manifest = lake.finishAndCheck(batch).manifest();
    assertThat(manifest.tableLedgers())
        .as(batch)
        .allSatisfy(ledger -> assertThat(ledger.quarantined() + ledger.conflicts()).isZero());
    requireForeignKeys(manifest);
    return manifest;
  }

  private void requireData(Oracle expected, Manifest manifest) {
    for (SourceTable table : LakeUnderTest.TABLES) {
      TableComparison.assertSame(
          lake.about(manifest.batch().text(), "data", table.table()),
          LakeUnderTest.data(expected.rows(table.table())),
          LakeUnderTest.data(lake.rows(manifest, table)));
    }
  }

  private void requireForeignKeys(Manifest manifest) {
    SortedMap<String, SortedMap<String, Object>> orders = lake.rows(manifest, SourceTable.ORDERS);
    assertThat(orders).as(manifest.batch().text()).isNotEmpty();
    requireForeignKey(manifest, orders, "prod_id", SourceTable.PRODUCTS);
    requireForeignKey(manifest, orders, "customer_id", SourceTable.CUSTOMERS);
    requireForeignKey(manifest, orders, "company_id", SourceTable.COMPANIES);
  }

  private void requireForeignKey(
      Manifest manifest,
      SortedMap<String, SortedMap<String, Object>> orders,
      String column,
      SourceTable referenced) {
    Set<String> wanted = new TreeSet<>();
    orders.values().forEach(order -> wanted.add(String.valueOf(order.get(column))));
    assertThat(lake.rows(manifest, referenced).keySet())
        .as(lake.about(manifest.batch().text(), column))
        .containsAll(wanted);
  }

  private static long repeated(Manifest manifest) {
    return manifest.tableLedgers().stream().mapToLong(TableLedger::replays).sum();
  }

  /** What a batch froze, up to what stood in the topics then. */
  private static List<OffsetSpan> upTo(List<OffsetSpan> then, Manifest manifest) {
    List<OffsetSpan> spans = new ArrayList<>();
    for (OffsetSpan frozen : LakeUnderTest.spans(manifest)) {
      for (OffsetSpan known : then) {
        if (known.topic().equals(frozen.topic()) && known.partition() == frozen.partition()) {
          spans.add(
              new OffsetSpan(frozen.topic(), frozen.partition(), frozen.start(), known.end()));
        }
      }
    }
    return spans;
  }

  private void produceDay(String date) throws IOException, InterruptedException {
    produce("companies", date, 40);
    produce("daily", date, 100);
  }

  private void produce(String task, String date, int rows)
      throws IOException, InterruptedException {
    Path log = directory.resolve("produce.log");
    Process process =
        Producers.start(
            Producers.PRODUCE,
            log,
            task,
            "--date",
            date,
            "--rows",
            String.valueOf(rows),
            "--config",
            directory.resolve("stack.json").toString());
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("produce ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
