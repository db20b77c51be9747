package dev.changelake.compact.run;

import dev.changelake.compact.delta.LakeTable;
import dev.changelake.compact.drift.DriftReader;
import dev.changelake.compact.lake.Lake;
import dev.changelake.compact.land.ContractSource;
import dev.changelake.compact.land.Lander;
import dev.changelake.compact.land.Landing;
import dev.changelake.compact.ledger.TableDrift;
import dev.changelake.compact.ledger.TableDrift.Outcome;
import dev.changelake.compact.plan.Evolution;
import dev.changelake.compact.plan.Plan;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.compact.spark.SideBySide;
import dev.changelake.compact.spark.WorkSize;
import dev.changelake.config.Configuration;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.QuarantineReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** In what the sources of one batch have come to differ from their contracts. */
final class BatchDrift {
  private static final Set<String> SIGNS =
      Stream.of(QuarantineReason.values())
          .filter(QuarantineReason::mayBeDrift)
          .map(QuarantineReason::code)
          .collect(Collectors.toSet());

  private final SparkSession spark;
  private final Lake lake;
  private final Configuration configuration;
  private final TableContracts contracts;
  private final Plan plan;

  BatchDrift(
      SparkSession spark,
      Lake lake,
      Configuration configuration,
      TableContracts contracts,
      Plan plan) {
    this.spark = spark;
    this.lake = lake;
    this.configuration = configuration;
    this.contracts = contracts;
    this.plan = plan;
  }

  /**
   * What was found.
   *
   * @param drifts what this plan's tables followed, then what is held
   * @param evolutions what the tables have to follow still
   */
  record Found(List<TableDrift> drifts, Map<String, List<Evolution>> evolutions) {}

  /** Looks at what was landed and quarantined, where it can be drift at all. */
  Found find(SideBySide sideBySide, Map<String, Landing> landings) {
    List<TopicPlan> suspected =
        plan.topics().stream()
            .filter(
                topic ->
                    landings.get(topic.table()).ledger().reasons().keySet().stream()
                        .anyMatch(SIGNS::contains))
            .toList();
    Map<String, DriftReader.Found> found =
        sideBySide.map(
            suspected, TopicPlan::table, topic -> find(topic, landings.get(topic.table())));
    Map<String, List<Evolution>> evolutions = new TreeMap<>();
    found.forEach(
        (table, of) -> {
          if (!of.evolutions().isEmpty()) {
            evolutions.put(table, of.evolutions());
          }
        });
    return new Found(
        Stream.concat(followed(), found.values().stream().flatMap(of -> of.drifts().stream()))
            .toList(),
        evolutions);
  }

  private DriftReader.Found find(TopicPlan topic, Landing landing) {
    TableContract contract = contracts.get(topic.table());
    SparkSession session = WorkSize.sessionFor(spark, landing.ledger().landed());
    LakeTable log = new LakeTable(session, lake.layout().changes(topic.table()));
    return DriftReader.find(
        contract,
        new ContractSource(contract, topic, configuration),
        Lander.landed(log, landing.version(), plan.name()),
        plan.name());
  }

  /** What earlier revisions of this plan found, and this one follows. */
  private Stream<TableDrift> followed() {
    return plan.topics().stream()
        .flatMap(
            topic ->
                topic.evolutions().stream()
                    .filter(evolution -> evolution.n() == plan.name().n())
                    .map(evolution -> followed(topic.table(), evolution)));
  }

  private static TableDrift followed(String table, Evolution evolution) {
    String to =
        switch (evolution.kind()) {
          case DROPPED -> "";
          default -> evolution.type().equals(evolution.from()) ? "null" : evolution.type();
        };
    return new TableDrift(
        table,
        evolution.kind(),
        evolution.column(),
        evolution.from(),
        to,
        DriftPolicy.EVOLVE,
        Outcome.EVOLVED,
        evolution.records(),
        evolution.first());
  }
}
