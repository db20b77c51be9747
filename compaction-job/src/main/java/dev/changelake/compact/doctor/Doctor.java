package dev.changelake.compact.doctor;

import dev.changelake.compact.doctor.Diagnosis.Looked;
import dev.changelake.contract.TableContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Samples topics one after the other, and has every check look at each. */
public final class Doctor {
  private final TopicSource source;
  private final List<Check> checks;

  public Doctor(KafkaTopics topics) {
    this(topics, Checks.ALL);
  }

  Doctor(TopicSource source, List<Check> checks) {
    this.source = source;
    this.checks = checks;
  }

  /**
   * Looks at the tables' topics.
   *
   * @param looked is told of each topic when it was looked at
   */
  public Diagnosis examine(
      Collection<TableContract> contracts,
      Optional<LastBatch> last,
      Instant startedAt,
      Consumer<Looked> looked) {
    List<Looked> topics = new ArrayList<>();
    List<Hazard> hazards = new ArrayList<>();
    for (TableContract contract : contracts) {
      TopicSample sample = source.sample(contract, last);
      checks.forEach(check -> hazards.addAll(check.look(sample)));
      topics.add(Looked.of(sample));
      looked.accept(topics.get(topics.size() - 1));
    }
    return new Diagnosis(
        Diagnosis.SCHEMA_VERSION,
        last.map(batch -> batch.batch().text()),
        topics,
        hazards,
        Optional.empty(),
        startedAt);
  }
}
