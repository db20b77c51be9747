package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.compact.plan.TopicState.PartitionState;
import java.util.List;
import java.util.stream.IntStream;

/** Transactions of Kafka's producers that hold records back. */
final class TransactionsCheck implements Check {
  private static final HazardKind OPEN =
      warning(
          "open_transaction",
          "A batch takes nothing that stands behind an open transaction, also not what others wrote.",
          "Look again in a minute; if it stays, a producer hangs: bin/changelake kafka transactions, or"
              + " kafka-transactions.sh, finds and aborts its transaction.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(OPEN);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<PartitionState> states = sample.partitions();
    return IntStream.range(0, states.size())
        .filter(i -> states.get(i).lastStable() < states.get(i).highWatermark())
        .mapToObj(
            i ->
                OPEN.of(
                    sample,
                    "%d offsets stand behind an open transaction, from %d:%d on"
                        .formatted(
                            states.get(i).highWatermark() - states.get(i).lastStable(),
                            i,
                            states.get(i).lastStable())))
        .toList();
  }
}
