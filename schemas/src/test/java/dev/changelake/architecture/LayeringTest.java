package dev.changelake.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** envelope → contract → error; config → error; nothing but Jackson and the JDK. */
@AnalyzeClasses(
    packages = {
      "dev.changelake.config",
      "dev.changelake.contract",
      "dev.changelake.envelope",
      "dev.changelake.error"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  private static final String JDK = "java..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  @ArchTest
  static final ArchRule errorStandsAlone =
      classes()
          .that()
          .resideInAPackage("dev.changelake.error")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.changelake.error", JDK);

  @ArchTest
  static final ArchRule contractKnowsErrorAlone =
      classes()
          .that()
          .resideInAPackage("dev.changelake.contract")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.changelake.contract", "dev.changelake.error", JDK, JACKSON);

  @ArchTest
  static final ArchRule configKnowsErrorAlone =
      classes()
          .that()
          .resideInAPackage("dev.changelake.config")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.changelake.config", "dev.changelake.error", JDK, JACKSON);

  @ArchTest
  static final ArchRule envelopeKnowsContractAlone =
      classes()
          .that()
          .resideInAPackage("dev.changelake.envelope")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.changelake.envelope", "dev.changelake.contract", JDK, JACKSON);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.changelake.(*)..").should().beFreeOfCycles();
}
