package dev.changelake.compact.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.delta.Stage;
import dev.changelake.compact.delta.TableCommit;
import dev.changelake.compact.plan.PlanName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Plan 7 looks at a table that the batch before left at version 4. */
class TablePastTest {
  private static final PlanName PLAN = PlanName.parse("00000007.000");
  private static final PlanName REVISION = PlanName.parse("00000007.001");
  private static final PlanName NEXT = PlanName.parse("00000008.000");

  @Test
  void anUntouchedTableStartsFromTheVersionBefore() {
    // when
    TablePast past = past(PLAN);
    // then
    assertThat(past.start()).isEqualTo(4);
    assertThat(past.byOthers()).isEmpty();
    assertThat(past.earlierRevision()).isEmpty();
    assertThat(past.undone()).isEmpty();
    assertThat(past.merged()).isFalse();
  }

  @Test
  void maintenanceMakesAYoungerVersionOfTheSameRows() {
    // when
    TablePast past =
        past(
            PLAN,
            maintenance(5, "OPTIMIZE"),
            maintenance(6, "VACUUM START"),
            maintenance(7, "SET TBLPROPERTIES"));
    // then
    assertThat(past.start()).isEqualTo(7);
    assertThat(past.byOthers()).isEmpty();
  }

  @Test
  void whatThisPlanMergedIsNoReasonToStartLater() {
    // when
    TablePast past =
        past(PLAN, maintenance(5, "OPTIMIZE"), merge(6, PLAN), maintenance(7, "OPTIMIZE"));
    // then
    assertThat(past.start()).isEqualTo(5);
    assertThat(past.merged()).isTrue();
    assertThat(past.byOthers()).isEmpty();
  }

  @Test
  void aChangeByOthersIsFoundBeforeAndAfterOurs() {
    // when
    TablePast before = past(PLAN, maintenance(5, "OPTIMIZE"), other(6, "UPDATE"));
    TablePast after = past(PLAN, merge(5, PLAN), other(6, "DELETE"));
    TablePast next = past(PLAN, merge(5, PLAN), merge(6, NEXT));
    // then
    assertThat(before.byOthers()).map(TableCommit::version).contains(6L);
    assertThat(before.start()).isEqualTo(5);
    assertThat(before.merged()).isFalse();
    assertThat(after.byOthers()).map(TableCommit::version).contains(6L);
    assertThat(after.merged()).isTrue();
    assertThat(next.byOthers()).map(TableCommit::version).contains(6L);
  }

  @Test
  void anOperatorsRestoreUndoesWhatOthersDid() {
    // when
    TablePast toTheVersionBefore = past(PLAN, other(5, "UPDATE"), restore(6, 4));
    TablePast toAMaintainedOne =
        past(
            PLAN,
            maintenance(5, "OPTIMIZE"),
            other(6, "UPDATE"),
            restore(7, 5),
            maintenance(8, "OPTIMIZE"));
    TablePast toSomethingElse = past(PLAN, other(5, "UPDATE"), restore(6, 3));
    // then
    assertThat(toTheVersionBefore.start()).isEqualTo(6);
    assertThat(toTheVersionBefore.byOthers()).isEmpty();
    assertThat(toAMaintainedOne.start()).isEqualTo(8);
    assertThat(toSomethingElse.byOthers()).isPresent();
  }

  @Test
  void aRevisionHasToUndoWhatAnEarlierOneMergedAndThenStartsFromItsRestore() {
    // when
    TablePast toUndo = past(REVISION, commit(5, "ADD COLUMNS", PLAN, Stage.CREATE), merge(6, PLAN));
    TablePast undone =
        past(REVISION, merge(5, PLAN), commit(6, "RESTORE", REVISION, Stage.RESTORE));
    TablePast mergedAgain =
        past(
            REVISION,
            merge(5, PLAN),
            commit(6, "RESTORE", REVISION, Stage.RESTORE),
            commit(7, "ADD COLUMNS", REVISION, Stage.CREATE),
            merge(8, REVISION));
    // then
    assertThat(toUndo.start()).as("columns stay").isEqualTo(5);
    assertThat(toUndo.earlierRevision()).hasValue(6);
    assertThat(toUndo.restored()).isFalse();
    assertThat(undone.start()).isEqualTo(6);
    assertThat(undone.earlierRevision()).isEmpty();
    assertThat(undone.restored()).isTrue();
    assertThat(mergedAgain.start()).isEqualTo(7);
    assertThat(mergedAgain.merged()).isTrue();
    assertThat(mergedAgain.earlierRevision()).isEmpty();
  }

  @Test
  void aDriverOfAnEarlierRevisionThatCameLateIsFound() {
    // when
    TablePast beforeOurMerge =
        past(REVISION, commit(5, "RESTORE", REVISION, Stage.RESTORE), merge(6, PLAN));
    TablePast withOurMerge = past(REVISION, merge(5, PLAN), merge(6, REVISION));
    // then
    assertThat(beforeOurMerge.earlierRevision()).hasValue(6);
    assertThat(beforeOurMerge.restored()).isTrue();
    assertThat(withOurMerge.earlierRevision()).hasValue(5);
    assertThat(withOurMerge.merged()).isTrue();
  }

  @Test
  void aMergeOfThisPlanThatWasPutBackIsFound() {
    // when
    TablePast byAnOperator = past(PLAN, merge(5, PLAN), restore(6, 4));
    TablePast byAnotherDriver =
        past(
            REVISION,
            merge(5, PLAN),
            commit(6, "RESTORE", REVISION, Stage.RESTORE),
            merge(7, REVISION),
            commit(8, "RESTORE", REVISION, Stage.RESTORE));
    // then
    assertThat(byAnOperator.undone()).hasValue(5);
    assertThat(byAnotherDriver.undone()).hasValue(7);
  }

  private static TablePast past(PlanName plan, TableCommit... commits) {
    List<TableCommit> newestFirst =
        Arrays.stream(commits).sorted((a, b) -> Long.compare(b.version(), a.version())).toList();
    return TablePast.of(plan, 4, newestFirst);
  }

  private static TableCommit other(long version, String operation) {
    return byOthers(version, operation, false);
  }

  private static TableCommit maintenance(long version, String operation) {
    return byOthers(version, operation, true);
  }

  private static TableCommit byOthers(long version, String operation, boolean maintenance) {
    return new TableCommit(
        version,
        operation,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        maintenance,
        Map.of());
  }

  private static TableCommit restore(long version, long to) {
    return new TableCommit(
        version,
        "RESTORE",
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(to),
        false,
        Map.of());
  }

  private static TableCommit merge(long version, PlanName plan) {
    return commit(version, "MERGE", plan, Stage.MERGE);
  }

  private static TableCommit commit(long version, String operation, PlanName plan, Stage stage) {
    return new TableCommit(
        version,
        operation,
        Optional.of(plan),
        Optional.of(stage.code()),
        OptionalLong.empty(),
        operation.equals("ADD COLUMNS"),
        Map.of());
  }
}
