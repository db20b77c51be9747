package dev.changelake.compact.plan;

import dev.changelake.compact.plan.TopicState.PartitionState;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Freezes the next batch: for each topic all that came since the plan before. */
public final class Planner {
  private final TableContracts contracts;
  private final TopicOffsets offsets;
  private final Optional<BatchEnd> batchEnd;
  private final Clock clock;
  private final String writer;

  /** Plans of batches that end where the topics stand. */
  public Planner(TableContracts contracts, TopicOffsets offsets, Clock clock, String writer) {
    this(contracts, offsets, Optional.empty(), clock, writer);
  }

  /**
   * Plans of batches.
   *
   * @param batchEnd finds where a batch ends; empty if that is where the topics stand
   */
  public Planner(
      TableContracts contracts,
      TopicOffsets offsets,
      Optional<BatchEnd> batchEnd,
      Clock clock,
      String writer) {
    this.contracts = contracts;
    this.offsets = offsets;
    this.batchEnd = batchEnd;
    this.clock = clock;
    this.writer = writer;
  }

  /**
   * The plan that follows {@code previous}.
   *
   * @throws ChangelakeException of category source if records were lost or a topic is not the one
   *     that was read before, and the acceptance does not allow for it; of category usage if a
   *     table cannot be retired, or its contract is gone though it is not
   */
  public Plan next(
      Optional<Plan> previous, BatchId batch, LocalDate date, Optional<Acceptance> acceptance) {
    AdoptionDecision adoption =
        acceptance.map(Acceptance::adoption).orElseGet(AdoptionDecision::none);
    List<TopicPlan> read = previous.map(Plan::topics).orElse(List.of());
    Set<String> retired = retired(previous, adoption, read);
    requireContracts(read, retired);
    List<TableContract> followed =
        contracts.all().stream().filter(contract -> !retired.contains(contract.table())).toList();
    List<String> names = followed.stream().map(TableContract::topic).toList();
    acceptance.ifPresent(allowed -> requireKnown(allowed, names));
    Map<String, TopicState> states = offsets.read(names);
    requireGone(adoption, read);
    long n = previous.map(plan -> plan.name().n() + 1).orElse(1L);
    List<TopicPlan> topics = new ArrayList<>();
    for (TableContract contract : followed) {
      Optional<TopicPlan> before = previous.flatMap(plan -> plan.topicOf(contract.table()));
      TopicState state = states.get(contract.topic());
      if (state != null) {
        topics.add(
            topic(
                contract,
                before,
                state,
                n,
                new Allowed(contract.topic(), PlanErrors.compact(batch), acceptance)));
      } else if (before.isPresent()) {
        throw PlanErrors.topicGone(before.get(), PlanErrors.compact(batch));
      }
    }
    if (topics.isEmpty()) {
      throw PlanErrors.noTopics(names);
    }
    Optional<BatchEnd.Cut> cut = batchEnd.map(end -> end.of(topics, previous));
    return new Plan(
        Plan.SCHEMA_VERSION,
        PlanKind.KAFKA,
        new PlanName(n, 0),
        batch,
        date,
        cut.map(BatchEnd.Cut::topics).orElse(topics),
        cut.map(BatchEnd.Cut::alignment),
        acceptance,
        retired,
        now(),
        writer);
  }

  /**
   * The plan that follows {@code previous} and lands again what earlier plans landed.
   *
   * @param records by table, what to land again
   */
  public Plan replay(
      Plan previous,
      BatchId batch,
      LocalDate date,
      Acceptance decision,
      Map<String, List<ReplayRange>> records) {
    requireContracts(previous.topics(), previous.retired());
    return new Plan(
        Plan.SCHEMA_VERSION,
        PlanKind.REPLAY,
        new PlanName(previous.name().n() + 1, 0),
        batch,
        date,
        previous.topics().stream()
            .map(topic -> topic.replaying(records.getOrDefault(topic.table(), List.of())))
            .toList(),
        previous.alignment(),
        Optional.of(decision),
        previous.retired(),
        now(),
        writer);
  }

  /** Whether batches are planned to end elsewhere than where the topics stand. */
  public boolean aligns() {
    return batchEnd.isPresent();
  }

  /**
   * The next revision of a plan that could not be finished as it was frozen.
   *
   * <p>Kafka is asked for the topics alone of which the decision needs to know more than the plan.
   */
  public Plan revise(Plan plan, Acceptance acceptance) {
    requireKnown(acceptance, plan.topics().stream().map(TopicPlan::topic).toList());
    Set<String> retired = retired(Optional.of(plan), acceptance.adoption(), plan.topics());
    requireGone(acceptance.adoption(), plan.topics());
    Map<String, TopicState> states = read(acceptance.newTopicIds());
    TopicRevision revision = new TopicRevision(plan.name().n(), plan.batch(), acceptance);
    List<TopicPlan> topics =
        plan.topics().stream()
            .filter(topic -> !retired.contains(topic.table()))
            .map(topic -> revision.of(topic, states.get(topic.topic())))
            .toList();
    return new Plan(
        Plan.SCHEMA_VERSION,
        plan.kind(),
        plan.name().nextRevision(),
        plan.batch(),
        plan.businessDate(),
        topics,
        // A topic that was created again ends where it stands.
        plan.alignment().filter(aligned -> acceptance.newTopicIds().isEmpty()),
        Optional.of(acceptance.after(plan.acceptance())),
        retired,
        now(),
        writer);
  }

  /**
   * The next revision of a plan, in which tables follow their sources further.
   *
   * @param evolutions of each table
   */
  public Plan evolve(Plan plan, Map<String, List<Evolution>> evolutions) {
    return new Plan(
        Plan.SCHEMA_VERSION,
        plan.kind(),
        plan.name().nextRevision(),
        plan.batch(),
        plan.businessDate(),
        plan.topics().stream()
            .map(topic -> topic.evolved(evolutions.getOrDefault(topic.table(), List.of())))
            .toList(),
        plan.alignment(),
        plan.acceptance(),
        plan.retired(),
        now(),
        writer);
  }

  /**
   * Requires the contract of each topic of a plan.
   *
   * @throws ChangelakeException of category usage
   */
  public void requireContracts(Plan plan) {
    requireContracts(plan.topics(), Set.of());
  }

  private void requireContracts(List<TopicPlan> topics, Set<String> retired) {
    List<TopicPlan> without =
        topics.stream()
            .filter(topic -> !retired.contains(topic.table()))
            .filter(topic -> contracts.find(topic.table()).isEmpty())
            .toList();
    if (!without.isEmpty()) {
      throw PlanErrors.withoutContract(without);
    }
  }

  /** Tables that a batch does not follow although there are contracts of them. */
  public List<String> notFollowed(Plan plan) {
    return plan.retired().stream().filter(table -> contracts.find(table).isPresent()).toList();
  }

  /** All tables that are retired by now. */
  private static Set<String> retired(
      Optional<Plan> before, AdoptionDecision adoption, List<TopicPlan> read) {
    Set<String> retired = new TreeSet<>(before.map(Plan::retired).orElse(Set.of()));
    Set<String> known = new TreeSet<>(retired);
    read.forEach(topic -> known.add(topic.table()));
    for (String table : adoption.retired()) {
      if (!known.contains(table)) {
        throw PlanErrors.notRead(table, known);
      }
      retired.add(table);
    }
    return retired;
  }

  /** What still has both its topic and its contract is followed: to retire it is a mistake. */
  private void requireGone(AdoptionDecision adoption, List<TopicPlan> read) {
    List<TopicPlan> retiring =
        read.stream()
            .filter(topic -> adoption.retired().contains(topic.table()))
            .filter(topic -> contracts.find(topic.table()).isPresent())
            .toList();
    Map<String, TopicState> states =
        read(retiring.stream().map(TopicPlan::topic).collect(Collectors.toSet()));
    for (TopicPlan topic : retiring) {
      if (states.containsKey(topic.topic())) {
        throw PlanErrors.stillFollowed(topic);
      }
    }
  }

  private Map<String, TopicState> read(Set<String> topics) {
    return topics.isEmpty() ? Map.of() : offsets.read(topics);
  }

  /** A decision about a topic that is none would be kept and would decide nothing. */
  private static void requireKnown(Acceptance acceptance, List<String> known) {
    Set<String> unknown = acceptance.topics();
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw PlanErrors.unknownTopics(unknown, known);
    }
  }

  private TopicPlan topic(
      TableContract contract,
      Optional<TopicPlan> before,
      TopicState state,
      long n,
      Allowed allowed) {
    boolean sameTopic = before.isPresent() && before.get().topicId().equals(state.topicId());
    if (before.isPresent() && !sameTopic && !allowed.newTopicId()) {
      throw PlanErrors.recreatedBeforePlan(before.get(), state, allowed.command());
    }
    int known = sameTopic ? before.get().partitions().size() : 0;
    if (sameTopic && state.partitions().size() != known && !allowed.morePartitions()) {
      throw PlanErrors.partitionsAdded(before.get(), state, allowed.command());
    }
    List<PartitionPlan> partitions = new ArrayList<>();
    List<OffsetRange> lost = new ArrayList<>();
    for (int i = 0; i < state.partitions().size(); i++) {
      PartitionState now = state.partitions().get(i);
      long start = i < known ? before.get().partitions().get(i).range().end() : 0;
      if (start < now.earliest()) {
        lost.add(new OffsetRange(i, start, now.earliest()));
        start = now.earliest();
      }
      if (start > now.lastStable()) {
        throw PlanErrors.wentBack(state.topic(), i, start, now.lastStable());
      }
      partitions.add(
          new PartitionPlan(
              new OffsetRange(i, start, now.lastStable()),
              now.lastStable(),
              Math.max(now.lastStable(), now.highWatermark())));
    }
    allowed.requireLost(lost, known);
    return new TopicPlan(
        contract.table(),
        state.topic(),
        state.topicId(),
        partitions,
        lost,
        List.of(),
        sameTopic ? before.get().lsnRestarts() : List.of(),
        sameTopic ? before.get().since() : n,
        List.of(),
        before.map(TopicPlan::evolutions).orElse(List.of()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether what a plan froze is still there to be read. */
  public void requireStillThere(TopicPlan topic, BatchId batch) {
    TopicState state = offsets.read(List.of(topic.topic())).get(topic.topic());
    if (state == null) {
      throw PlanErrors.topicGone(topic, PlanErrors.revise(batch));
    }
    if (!state.topicId().equals(topic.topicId())) {
      throw PlanErrors.recreatedAfterPlan(topic, state, batch);
    }
    if (state.partitions().size() < topic.partitions().size()) {
      // Kafka never takes partitions away from a topic.
      throw PlanErrors.recreatedAfterPlan(topic, state, batch);
    }
    List<OffsetRange> gone = new ArrayList<>();
    for (PartitionPlan planned : topic.partitions()) {
      OffsetRange range = planned.range();
      PartitionState now = state.partitions().get(range.partition());
      if (!range.isEmpty() && now.earliest() > range.start()) {
        gone.add(
            new OffsetRange(
                range.partition(), range.start(), Math.min(range.end(), now.earliest())));
      }
      if (range.end() > now.lastStable()) {
        throw PlanErrors.wentBack(topic.topic(), range.partition(), range.end(), now.lastStable());
      }
    }
    if (!gone.isEmpty()) {
      throw PlanErrors.expiredAfterPlan(topic, gone, batch);
    }
  }
}
