package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;

import dev.changelake.compact.plan.TopicPlan;
import java.util.List;
import java.util.Optional;

/** Whether the topic is there, and is the one that was read before. */
final class TopicCheck implements Check {
  private static final HazardKind MISSING =
      warning(
          "topic_missing",
          "A batch leaves out a topic that never was there, and says nothing: a wrong name, prefix or"
              + " cluster looks like a table without changes.",
          "Check the contract's topic, the connector's topic.prefix and kafka.bootstrap.servers.");
  private static final HazardKind GONE =
      error(
          "topic_gone",
          "The last batch read it; the next one stops, and what was not landed is lost.",
          "Check kafka.bootstrap.servers; docs/runbook.md says how to go on with a new topic.");
  private static final HazardKind RECREATED =
      error(
          "topic_recreated",
          "Its offsets count anew, the next batch stops, and what was not landed is lost.",
          "Check kafka.bootstrap.servers; if it was done on purpose, compact with"
              + " --accept-new-topic.");
  private static final HazardKind EMPTY =
      info(
          "topic_empty",
          "Nothing could be looked at but the settings.",
          "Nothing, if the source has not written yet.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(MISSING, GONE, RECREATED, EMPTY);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    Optional<TopicPlan> landed = sample.landed();
    if (sample.topic().isEmpty()) {
      return List.of(
          landed.isPresent()
              ? GONE.of(sample, "there is no such topic any more")
              : MISSING.of(sample, "there is no such topic"));
    }
    String id = sample.topic().get().state().topicId();
    if (landed.isPresent() && !landed.get().topicId().equals(id)) {
      return List.of(
          RECREATED.of(
              sample, "its id was %s and is %s now".formatted(landed.get().topicId(), id)));
    }
    boolean empty =
        sample.partitions().stream().allMatch(state -> state.earliest() == state.highWatermark());
    return empty ? List.of(EMPTY.of(sample, "it holds no record")) : List.of();
  }
}
