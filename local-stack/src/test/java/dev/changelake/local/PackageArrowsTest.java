package dev.changelake.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What is built on the stack knows the stack, and not the other way round. */
@AnalyzeClasses(
    packages = "dev.changelake.local",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageArrowsTest {
  @ArchTest
  static final ArchRule the_stack_knows_nothing_of_what_is_built_on_it =
      noClasses()
          .that()
          .resideInAPackage("dev.changelake.local")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..local.airflow..", "..local.kafka..");

  @ArchTest
  static final ArchRule airflow_and_kafkas_tools_know_nothing_of_each_other =
      noClasses()
          .that()
          .resideInAPackage("..local.airflow..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..local.kafka..");
}
