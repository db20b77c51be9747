package dev.changelake.capture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.changelake.capture", importOptions = DoNotIncludeTests.class)
final class PackageArrowsTest {
  @ArchTest
  static final ArchRule arrows_go_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("source")
          .definedBy("..capture.source..")
          .layer("topic")
          .definedBy("..capture.topic..")
          .layer("engine")
          .definedBy("..capture.engine..")
          .layer("run")
          .definedBy("..capture.run..")
          .layer("cli")
          .definedBy("..capture.cli..")
          .layer("main")
          .definedBy("dev.changelake.capture")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("run")
          .whereLayer("topic")
          .mayOnlyBeAccessedByLayers("engine", "run")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("engine", "run", "cli");

  @ArchTest
  static final ArchRule only_engine_knows_debezium =
      noClasses()
          .that()
          .resideOutsideOfPackage("..capture.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.debezium..");

  @ArchTest
  static final ArchRule the_capture_knows_nothing_of_the_platform =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.changelake.produce..");
}
