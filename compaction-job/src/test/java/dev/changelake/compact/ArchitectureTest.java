package dev.changelake.compact;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import org.apache.spark.sql.SparkSession;

/** Packages are stages; arrows go from the commands to the ground, and never back. */
@AnalyzeClasses(
    packages = "dev.changelake.compact",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "dev.changelake.compact.";

  @ArchTest
  static final ArchRule arrows =
      stages(
              "cli",
              "demo",
              "console",
              "run",
              "doctor",
              "publish",
              "load",
              "report",
              "dashboard",
              "expectation",
              "lake",
              "output",
              "result",
              "query",
              "batch",
              "drift",
              "land",
              "align",
              "enrich",
              "merge",
              "fold",
              "order",
              "quarantine",
              "ledger",
              "delta",
              "plan",
              "spark",
              "changelog",
              "store")
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "demo",
              "console",
              "doctor",
              "run",
              "publish",
              "load",
              "expectation",
              "report",
              "dashboard",
              "lake",
              "result",
              "query",
              "batch",
              "ledger",
              "plan",
              "spark")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("lake", "batch", "plan", "store")
          .whereLayer("demo")
          .mayOnlyAccessLayers(
              "console",
              "run",
              "publish",
              "load",
              "expectation",
              "report",
              "lake",
              "output",
              "result",
              "query",
              "batch",
              "ledger",
              "plan",
              "spark",
              "changelog",
              "store")
          .whereLayer("console")
          .mayOnlyAccessLayers("run", "result")
          .whereLayer("run")
          .mayOnlyAccessLayers(
              "lake",
              "result",
              "batch",
              "quarantine",
              "align",
              "drift",
              "land",
              "merge",
              "fold",
              "ledger",
              "delta",
              "plan",
              "spark",
              "changelog",
              "store")
          .whereLayer("publish")
          .mayOnlyAccessLayers(
              "load",
              "report",
              "lake",
              "query",
              "output",
              "result",
              "batch",
              "delta",
              "spark",
              "plan",
              "changelog",
              "store")
          .whereLayer("load")
          .mayOnlyAccessLayers("lake", "output", "result", "plan", "changelog", "store")
          .whereLayer("report")
          .mayOnlyAccessLayers(
              "dashboard",
              "lake",
              "query",
              "output",
              "result",
              "batch",
              "spark",
              "changelog",
              "store")
          .whereLayer("dashboard")
          .mayOnlyAccessLayers(
              "lake", "output", "result", "batch", "ledger", "plan", "changelog", "store")
          .whereLayer("expectation")
          .mayOnlyAccessLayers(
              "lake", "query", "result", "batch", "ledger", "plan", "changelog", "store", "spark")
          .whereLayer("output")
          .mayOnlyAccessLayers("result", "batch", "plan", "store")
          .whereLayer("lake")
          .mayOnlyAccessLayers("result", "batch", "delta", "plan", "changelog", "store")
          .whereLayer("result")
          .mayOnlyAccessLayers("batch", "plan", "store")
          .whereLayer("query")
          .mayOnlyAccessLayers("quarantine", "batch", "delta", "plan", "changelog")
          .whereLayer("land")
          .mayOnlyAccessLayers("enrich", "ledger", "delta", "plan", "spark", "changelog", "store")
          .whereLayer("drift")
          .mayOnlyAccessLayers("land", "ledger", "plan", "changelog")
          .whereLayer("align")
          .mayOnlyAccessLayers("plan")
          .whereLayer("enrich")
          .mayNotAccessAnyLayer()
          .whereLayer("merge")
          .mayOnlyAccessLayers("fold", "order", "ledger", "delta", "plan", "changelog")
          .whereLayer("batch")
          .mayOnlyAccessLayers("ledger", "plan", "store")
          .whereLayer("fold")
          .mayOnlyAccessLayers("order", "changelog")
          .whereLayer("order")
          .mayNotAccessAnyLayer()
          .whereLayer("quarantine")
          .mayOnlyAccessLayers("plan", "changelog")
          .whereLayer("ledger")
          .mayOnlyAccessLayers("plan", "changelog")
          .whereLayer("delta")
          .mayOnlyAccessLayers("plan", "store")
          .whereLayer("plan")
          .mayOnlyAccessLayers("store")
          .whereLayer("spark")
          .mayOnlyAccessLayers("store")
          .whereLayer("changelog")
          .mayNotAccessAnyLayer()
          .whereLayer("store")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule noCycles = slices().matching(BASE + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule commitsKnowOfAPlanItsNameAlone =
      noClasses()
          .that()
          .resideInAPackage(BASE + "delta")
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + "plan").and(not(name(BASE + "plan.PlanName"))));

  @ArchTest
  static final ArchRule planningKnowsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(BASE + "plan", BASE + "align", BASE + "batch", BASE + "store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule dashboardsAreMadeOfFilesAndKnowNoSpark =
      noClasses()
          .that()
          .resideInAPackage(BASE + "dashboard")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule fewClassesTalkToKafkaAndOneExplainsItsErrors =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(BASE + "plan.KafkaTopicOffsets")
          .and()
          .doNotHaveFullyQualifiedName(BASE + "doctor.KafkaTopics")
          .and()
          .doNotHaveFullyQualifiedName(BASE + "align.KafkaTransactions")
          .and()
          .doNotHaveFullyQualifiedName(BASE + "align.SideBySideReader")
          .and()
          .doNotHaveFullyQualifiedName(BASE + "plan.KafkaErrors")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.spark.sql.kafka010..");

  @ArchTest
  static final ArchRule deltaStaysBelowTheMerge =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "delta", BASE + "merge")
          .and()
          .doNotHaveFullyQualifiedName(BASE + "store.ConditionalPutLogStore")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule logStoreKnowsDeltasStorageAlone =
      noClasses()
          .that()
          .resideInAPackage(BASE + "store")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.delta..").and(not(resideInAPackage("io.delta.storage.."))));

  @ArchTest
  static final ArchRule onlyTheLoadTalksToDatabases =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "load")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule onlyCommandsKnowTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyTheConsoleShowsProgress =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "console")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("me.tongfei.progressbar..");

  @ArchTest
  static final ArchRule onlyTheMainClassExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(BASE + "cli.JobMain")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule sessionsStartInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(BASE + "spark.SparkSessions")
          .should()
          .callMethod(SparkSession.class, "builder");

  @ArchTest
  static final ArchRule thingsAreNamedByWhatTheyAre =
      classes().should().resideOutsideOfPackages("..util..", "..utils..", "..common..");

  private static LayeredArchitecture stages(String... names) {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String stage : names) {
      architecture = architecture.layer(stage).definedBy(BASE + stage);
    }
    return architecture;
  }
}
