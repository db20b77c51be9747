package dev.changelake.produce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.changelake.produce", importOptions = DoNotIncludeTests.class)
final class PackageArrowsTest {
  @ArchTest
  static final ArchRule arrows_go_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("world")
          .definedBy("..produce.world..")
          .layer("feed")
          .definedBy("..produce.feed..")
          .layer("rawfile")
          .definedBy("..produce.rawfile..")
          .layer("store")
          .definedBy("..produce.store..")
          .layer("publish")
          .definedBy("..produce.publish..")
          .layer("database")
          .definedBy("..produce.database..")
          .layer("run")
          .definedBy("..produce.run..")
          .layer("cli")
          .definedBy("..produce.cli..")
          .layer("main")
          .definedBy("dev.changelake.produce")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("database")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("publish")
          .mayOnlyBeAccessedByLayers("run", "database", "cli")
          .whereLayer("rawfile")
          .mayOnlyBeAccessedByLayers("run")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("feed")
          .mayOnlyBeAccessedByLayers("rawfile", "publish", "database", "run", "cli");

  @ArchTest
  static final ArchRule the_platform_knows_nothing_of_capturing =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.changelake.capture..");

  @ArchTest
  static final ArchRule only_publish_knows_kafka =
      noClasses()
          .that()
          .resideOutsideOfPackage("..produce.publish..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.changelake.kafka..");

  @ArchTest
  static final ArchRule only_store_knows_s3 =
      noClasses()
          .that()
          .resideOutsideOfPackage("..produce.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule what_happens_follows_from_no_clock_and_no_chance =
      noClasses()
          .that()
          .resideInAnyPackage("..produce.world..", "..produce.feed..", "..produce.rawfile..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(Random|UUID|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                  + "|java\\.lang\\.System|java\\.time\\.Clock");
}
