package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.changelake.contract.TableContracts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A frozen batch: which offsets of which topics belong to it.
 *
 * @param schemaVersion the version of this document's form
 * @param alignment how its end was found; empty if it ends where the topics stood
 * @param acceptance what an operator decided for this revision
 * @param retired tables that this batch and those after it do not follow
 * @param writer identifies the process that wrote the file
 */
public record Plan(
    int schemaVersion,
    PlanKind kind,
    PlanName name,
    BatchId batch,
    LocalDate businessDate,
    List<TopicPlan> topics,
    Optional<Alignment> alignment,
    Optional<Acceptance> acceptance,
    Set<String> retired,
    Instant createdAt,
    String writer) {
  public static final int SCHEMA_VERSION = 1;

  public Plan {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException("Plans of version " + schemaVersion + " are not known");
    }
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(businessDate, "businessDate");
    topics = List.copyOf(topics);
    // Plans of earlier versions have none.
    alignment = alignment == null ? Optional.empty() : alignment;
    Objects.requireNonNull(acceptance, "acceptance");
    retired = retired == null ? Set.of() : new TreeSet<>(retired);
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(writer, "writer");
  }

  /** A plan that ends where the topics stood, before any table was retired. */
  public Plan(
      int schemaVersion,
      PlanKind kind,
      PlanName name,
      BatchId batch,
      LocalDate businessDate,
      List<TopicPlan> topics,
      Optional<Acceptance> acceptance,
      Instant createdAt,
      String writer) {
    this(
        schemaVersion,
        kind,
        name,
        batch,
        businessDate,
        topics,
        Optional.empty(),
        acceptance,
        Set.of(),
        createdAt,
        writer);
  }

  /** The plan of a table's topic; empty if the topic did not exist. */
  public Optional<TopicPlan> topicOf(String table) {
    return topics.stream().filter(topic -> topic.table().equals(table)).findFirst();
  }

  /** The contracts as they are in this batch, whose tables may have followed their sources. */
  public TableContracts evolved(TableContracts contracts) {
    return contracts.evolved(
        topics.stream().collect(Collectors.toMap(TopicPlan::table, TopicPlan::columnChanges)));
  }

  /** What an operator decided of records whose order no rule knows. */
  @JsonIgnore
  public OrderDecision orderDecision() {
    return acceptance.map(Acceptance::order).orElseGet(OrderDecision::none);
  }

  /** The share of quarantined records that stops the run: as accepted, else as configured. */
  @JsonIgnore
  public BigDecimal quarantineShare(BigDecimal configured) {
    return acceptance.flatMap(Acceptance::quarantineShare).orElse(configured);
  }
}
