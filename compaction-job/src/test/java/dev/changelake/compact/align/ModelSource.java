package dev.changelake.compact.align;

import dev.changelake.compact.align.Boundary.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A database and its connector: transactions in commit order, published one after the other; the
 * connector is started again now and then, and says again what its position had not kept.
 */
final class ModelSource {
  static final String MARKS = "b2b.transaction";
  private static final String[] TOPICS = {"b2b.public.a", "b2b.public.b"};

  /** Something that was sent to a partition, in the order of sending. */
  record Sent(Partition partition, int transaction, int event, EventBlock block, Mark mark) {}

  /** The begin of a transaction, or its end with counts. */
  record Mark(Map<String, Long> counts) {
    boolean isEnd() {
      return counts != null;
    }
  }

  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private final List<List<Partition>> transactions = new ArrayList<>();

  /** All that was sent before is acknowledged. */
  private int acknowledged;

  ModelSource(Random random) {
    this.random = random;
  }

  List<Sent> sent() {
    return sent;
  }

  int acknowledged() {
    return acknowledged;
  }

  /** Whatever was on its way before that place has come. */
  void acknowledge(int place) {
    acknowledged = place;
  }

  /** How many events a transaction has. */
  int events(int transaction) {
    return transactions.get(transaction).size();
  }

  static List<Partition> partitions() {
    return List.of(
        new Partition(TOPICS[0], 0), new Partition(TOPICS[0], 1), new Partition(TOPICS[1], 0));
  }

  static Partition marks() {
    return new Partition(MARKS, 0);
  }

  /** Commits transactions and publishes them, with a restart at any place. */
  void goOn(int count) {
    for (int i = 0; i < count; i++) {
      List<Partition> events = new ArrayList<>();
      for (int event = random.nextInt(4); event >= 0; event--) {
        events.add(partitions().get(random.nextInt(partitions().size())));
      }
      transactions.add(events);
      int transaction = transactions.size() - 1;
      publish(transaction, 0);
      if (random.nextInt(4) == 0) {
        restart(transaction);
      }
    }
  }

  private void publish(int transaction, int kept) {
    mark(transaction, null);
    Map<String, Integer> orders = new HashMap<>();
    Map<String, Long> counts = new TreeMap<>();
    List<Partition> events = transactions.get(transaction);
    for (int event = kept; event < events.size(); event++) {
      Partition at = events.get(event);
      int order = orders.merge(at.topic(), 1, Integer::sum);
      counts.merge(at.topic(), 1L, Long::sum);
      sent.add(
          new Sent(
              at,
              transaction,
              event,
              new EventBlock(
                  EventBlock.Kind.EVENT,
                  "" + transaction,
                  "",
                  order,
                  1 + transaction * 100L + event),
              null));
    }
    mark(transaction, counts);
  }

  private void mark(int transaction, Map<String, Long> counts) {
    sent.add(
        new Sent(
            marks(), transaction, -1, null, counts == null ? new Mark(null) : new Mark(counts)));
  }

  /** Dies somewhere in the transaction; begins and ends of earlier ones are said again, too. */
  private void restart(int transaction) {
    int begin = sent.size() - 1;
    while (sent.get(begin).transaction() == transaction && begin > 0) {
      begin--;
    }
    int died = begin + 1 + random.nextInt(sent.size() - begin);
    // Of what was not acknowledged some is lost, in each partition from some place on.
    int safe = begin + 1 + random.nextInt(died - begin);
    List<Partition> broken = new ArrayList<>();
    List<Sent> survived = new ArrayList<>(sent.subList(0, safe));
    for (Sent late : sent.subList(safe, died)) {
      if (random.nextInt(3) == 0) {
        broken.add(late.partition());
      }
      if (!broken.contains(late.partition())) {
        survived.add(late);
      }
    }
    int acked =
        (int) sent.subList(begin + 1, safe).stream().filter(event -> event.event() >= 0).count();
    sent.clear();
    sent.addAll(survived);
    acknowledged = sent.size();
    int first = Math.max(0, transaction - random.nextInt(3));
    for (int again = first; again < transaction; again++) {
      mark(again, null);
      mark(again, Map.of());
    }
    publish(transaction, random.nextInt(acked + 1));
  }
}
