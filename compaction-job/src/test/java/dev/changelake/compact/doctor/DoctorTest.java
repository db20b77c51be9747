package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.ItemsTopic.ITEMS;
import static dev.changelake.compact.doctor.ItemsTopic.clean;
import static dev.changelake.compact.doctor.ItemsTopic.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.contract.TableContracts;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest {
  @Test
  void theWorstComesFirst() {
    // when
    Diagnosis found =
        examine(
            clean().replicas(1).cleanup("compact").change(0, 3, "c", null, row(3, "note", "4711")));
    // then
    assertThat(found.hazards())
        .extracting(hazard -> hazard.kind().code())
        .containsExactly("type_mismatch", "compacted_topic", "single_copy");
    assertThat(found.count(Severity.ERROR)).isEqualTo(1);
    assertThat(found.topics())
        .containsExactly(new Diagnosis.Looked("items", "b2b.public.items", 2, 6, 6));
  }

  @Test
  void eachTopicIsToldWhenItWasLookedAt() {
    // given
    List<Diagnosis.Looked> told = new ArrayList<>();
    // when
    new Doctor((contract, last) -> clean().sample(), List.of())
        .examine(List.of(ITEMS), Optional.empty(), ItemsTopic.NOW, told::add);
    // then
    assertThat(told).containsExactly(new Diagnosis.Looked("items", "b2b.public.items", 2, 5, 5));
  }

  @Test
  void errorsFailAndWarningsOnlyIfAsked() {
    // given
    Diagnosis errors = examine(clean().change(0, 3, "c", null, row(3, "note", "4711")));
    Diagnosis warnings = examine(clean().cleanup("compact"));
    Diagnosis notes = examine(clean().replicas(1));
    // when, then
    assertThat(DoctorErrors.of(errors, false))
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.category()).isEqualTo(ErrorCategory.DATA);
              assertThat(failure.problem()).isEqualTo("The topics of items have hazards.");
              assertThat(failure.why()).startsWith("Found are type_mismatch;");
            });
    assertThat(DoctorErrors.of(warnings, false)).isEmpty();
    assertThat(DoctorErrors.of(warnings, true))
        .map(ChangelakeException::category)
        .contains(ErrorCategory.DATA);
    assertThat(DoctorErrors.of(notes, true)).isEmpty();
  }

  @Test
  void jsonHasTheHazardInOnePiece() {
    // when
    String json = examine(clean().replicas(1)).json();
    // then
    assertThat(json)
        .contains("\"schemaVersion\" : 1", "\"code\" : \"single_copy\"", "\"severity\" : \"info\"")
        .contains("\"names\" : [ \"min.insync.replicas\" ]")
        .doesNotContain("\"kind\"");
  }

  @Test
  void aCodeIsSnakeCase() {
    assertThatThrownBy(() -> HazardKind.info("Not-Snake", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a code is snake_case, was Not-Snake");
  }

  @Test
  void tablesThatAreNotAreUsageErrors() {
    // when
    ChangelakeException failure =
        DoctorErrors.unknownTable("nope", TableContracts.load(Optional.empty()));
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(failure.problem()).isEqualTo("There is no table nope.");
    assertThat(failure.why()).contains("companies, company_orders");
  }

  @Test
  void aLakeThatDoesNotAnswerSaysHowToGoOnWithoutIt() {
    // given
    ChangelakeException away =
        new ChangelakeException(ErrorCategory.TABLE, "The store is away.", "It is.", "Wait.");
    // when
    ChangelakeException failure = DoctorErrors.ofLake(away);
    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.remedy())
        .isEqualTo("Wait. Or look at the topics alone, with --without-lake.");
  }

  private static Diagnosis examine(ItemsTopic topic) {
    return new Doctor((contract, last) -> topic.sample(), Checks.ALL)
        .examine(List.of(ITEMS), Optional.empty(), ItemsTopic.NOW, looked -> {});
  }
}
