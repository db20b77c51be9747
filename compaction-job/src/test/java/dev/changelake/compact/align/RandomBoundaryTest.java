package dev.changelake.compact.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.align.Boundary.Partition;
import dev.changelake.compact.align.ModelSource.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random sources, frozen anywhere, against all ends that there are. */
class RandomBoundaryTest {
  private static final int ROUNDS = Integer.getInteger("align.rounds", 4_000);
  private static final Instant NOW = Instant.parse("2020-06-23T01:00:00Z");

  private final long seed = Long.getLong("align.seed", System.nanoTime());

  @Test
  void findsTheGreatestEndAtWhichNoTransactionIsTorn() {
    System.out.println("RandomBoundaryTest: -Dalign.seed=" + seed);
    int shortened = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      ModelSource source = new ModelSource(random);
      Map<Partition, Long> start = new HashMap<>();
      ModelSource.partitions().forEach(partition -> start.put(partition, 0L));
      for (int batch = 0; batch < 3; batch++) {
        // given
        source.goOn(random.nextInt(4));
        Frozen frozen = Frozen.of(source, random);
        // when
        Map<Partition, Long> found = find(frozen, start, random);
        // then
        assertThat(found)
            .as("-Dalign.seed=%d -Dalign.rounds=1, batch %d", seed + round, batch)
            .isEqualTo(frozen.greatestEnd());
        shortened += found.equals(frozen.ends()) ? 0 : 1;
        start.putAll(found);
      }
    }
    assertThat(shortened)
        .as("ends before where the topics stood")
        .isBetween(ROUNDS / 4, 3 * ROUNDS);
  }

  /** Reads the partitions in any order side by side. */
  private static Map<Partition, Long> find(
      Frozen frozen, Map<Partition, Long> start, Random random) {
    Boundary boundary = new Boundary(start, NOW);
    Map<Partition, Integer> next = new HashMap<>();
    List<Partition> unread = new ArrayList<>(frozen.logs().keySet());
    while (!unread.isEmpty()) {
      Partition partition = unread.get(random.nextInt(unread.size()));
      int offset = next.merge(partition, 1, Integer::sum) - 1;
      List<Sent> log = frozen.logs().get(partition);
      if (offset >= log.size()) {
        unread.remove(partition);
        continue;
      }
      Sent sent = log.get(offset);
      if (sent.block() != null) {
        boundary.event(ModelSource.MARKS, sent.block(), partition, offset, 0);
      } else if (sent.mark().isEnd()) {
        boundary.end(
            ModelSource.MARKS,
            "" + sent.transaction(),
            sent.mark().counts(),
            offset,
            frozen.isSettled(sent) ? Instant.EPOCH : NOW);
      } else {
        boundary.begin(ModelSource.MARKS, "" + sent.transaction());
      }
      if (random.nextInt(8) == 0) {
        boundary.settle();
      }
    }
    boundary.settle();
    Map<Partition, Long> ends = new HashMap<>();
    for (Partition partition : ModelSource.partitions()) {
      ends.put(
          partition,
          boundary
              .firstLeft(partition)
              .map(PartitionTail.Part::offset)
              .orElse((long) frozen.logs().get(partition).size()));
    }
    return ends;
  }

  /** What is there of each partition at a moment; of the newest records some are on their way. */
  private record Frozen(ModelSource source, Map<Partition, List<Sent>> logs, Set<Sent> onTheirWay) {
    static Frozen of(ModelSource source, Random random) {
      List<Sent> sent = source.sent();
      int end = source.acknowledged();
      end += random.nextInt(sent.size() - end + 1);
      int settled = Math.max(source.acknowledged(), end - random.nextInt(6));
      source.acknowledge(end);
      Map<Partition, List<Sent>> logs = new HashMap<>();
      ModelSource.partitions().forEach(partition -> logs.put(partition, new ArrayList<>()));
      logs.put(ModelSource.marks(), new ArrayList<>());
      Set<Partition> behind = new HashSet<>();
      for (int i = 0; i < end; i++) {
        Partition partition = sent.get(i).partition();
        if (i >= settled && random.nextInt(3) == 0) {
          behind.add(partition);
        }
        if (!behind.contains(partition)) {
          logs.get(partition).add(sent.get(i));
        }
      }
      // The same may have been sent twice.
      Set<Sent> late = Collections.newSetFromMap(new IdentityHashMap<>());
      late.addAll(sent.subList(settled, sent.size()));
      return new Frozen(source, logs, late);
    }

    boolean isSettled(Sent end) {
      return !onTheirWay.contains(end);
    }

    Map<Partition, Long> ends() {
      Map<Partition, Long> ends = new HashMap<>();
      ModelSource.partitions()
          .forEach(partition -> ends.put(partition, (long) logs.get(partition).size()));
      return ends;
    }

    /** Of all ends that tear nothing, the last of each partition: together they tear nothing. */
    Map<Partition, Long> greatestEnd() {
      Map<Partition, Long> greatest = new HashMap<>();
      List<Partition> partitions = ModelSource.partitions();
      Set<Integer> known = known();
      for (long a = 0; a <= logs.get(partitions.get(0)).size(); a++) {
        for (long b = 0; b <= logs.get(partitions.get(1)).size(); b++) {
          for (long c = 0; c <= logs.get(partitions.get(2)).size(); c++) {
            Map<Partition, Long> ends =
                Map.of(partitions.get(0), a, partitions.get(1), b, partitions.get(2), c);
            if (tearsNothing(ends, known)) {
              ends.forEach((partition, end) -> greatest.merge(partition, end, Math::max));
            }
          }
        }
      }
      return greatest;
    }

    private boolean tearsNothing(Map<Partition, Long> ends, Set<Integer> known) {
      Map<Integer, Set<Integer>> in = new HashMap<>();
      ends.forEach(
          (partition, end) ->
              logs.get(partition).subList(0, end.intValue()).stream()
                  .forEach(
                      sent ->
                          in.computeIfAbsent(sent.transaction(), t -> new HashSet<>())
                              .add(sent.event())));
      return in.entrySet().stream()
          .allMatch(
              transaction ->
                  known.contains(transaction.getKey())
                      && transaction.getValue().size() == source.events(transaction.getKey()));
    }

    /** Transactions of which a reader can know that they are whole. */
    private Set<Integer> known() {
      Set<Integer> known = new HashSet<>();
      Set<Integer> begun = new HashSet<>();
      Set<Integer> begunAgain = new HashSet<>();
      for (Sent mark : logs.get(ModelSource.marks())) {
        int transaction = mark.transaction();
        if (!mark.mark().isEnd()) {
          if (!begun.add(transaction) && !known.contains(transaction)) {
            begunAgain.add(transaction);
          }
        } else if (!begunAgain.contains(transaction) || isSettled(mark)) {
          known.add(transaction);
        }
      }
      return known;
    }
  }
}
