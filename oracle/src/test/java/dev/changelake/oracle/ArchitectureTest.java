package dev.changelake.oracle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.changelake")
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_oracle_knows_no_other_module =
      noClasses()
          .that()
          .resideInAPackage("dev.changelake.oracle..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.changelake..")
                  .and(not(resideInAPackage("dev.changelake.oracle.."))));

  @ArchTest
  static final ArchRule the_fold_does_not_know_what_is_built_on_it =
      noClasses()
          .that()
          .resideInAPackage("dev.changelake.oracle")
          .and()
          .haveSimpleNameNotEndingWith("Test")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.changelake.oracle.*.."));

  @ArchTest
  static final ArchRule the_oracle_knows_no_spark =
      noClasses()
          .that()
          .resideInAPackage("dev.changelake.oracle..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");
}
