package dev.changelake.compact.load;

import static dev.changelake.compact.load.LoadsUnderTest.column;
import static dev.changelake.compact.load.LoadsUnderTest.items;
import static dev.changelake.compact.load.LoadsUnderTest.row;
import static dev.changelake.compact.load.LoadsUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.result.Load;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of warehouse must do; each test has a table of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarehouseLoads implements WarehouseComparisons {
  private static final String OLD_ROW = "(1,old,1.00)";

  LoadsUnderTest loads;

  /** Entries of the configuration that name the warehouse. */
  abstract Map<String, String> warehouse();

  /** Runs the load, which loses its connection when its rows are copied and not yet there. */
  abstract ChangelakeException losesItsConnection(WarehouseTable table, Runnable load)
      throws Exception;

  @Override
  public LoadsUnderTest loads() {
    return loads;
  }

  @BeforeAll
  void opensTheWarehouse() {
    loads = new LoadsUnderTest(warehouse());
  }

  @Test
  void theFirstLoadBringsAllRowsAndTheNextItsChanges() throws Exception {
    // given
    WarehouseTable items = items("changing");

    // when
    Load first =
        loads.written(
            items,
            loads.content(
                items,
                1,
                "a",
                row(1L, "one", new BigDecimal("1.00")),
                row(2L, "two", new BigDecimal("2.00")),
                row(3L, null, null)));
    Load second =
        loads.written(
            items,
            loads.content(
                items,
                2,
                "b",
                List.of(row(1L, "one", null), row(2L, "2", null), row(4L, "", null)),
                "a",
                row("U", 2L, "2", new BigDecimal("-2.00")),
                row("D", 3L, null, null),
                row("I", 4L, "", null)));

    // then
    assertThat(first).isEqualTo(new Load(Load.Kind.FULL_FIRST_LOAD, 3, 0, 0));
    assertThat(second).isEqualTo(new Load(Load.Kind.INCREMENTAL, 1, 1, 1));
    assertThat(loads.rows(items)).containsExactly("(1,one,1.00)", "(2,2,-2.00)", "(4,\"\",)");
    assertThat(loads.audits(items)).containsExactly("1", "2");
    assertThat(loads.leftFiles()).isEmpty();
  }

  @Test
  void aBatchThatIsThereIsNotLoadedAgainAndReplacesNoLaterOne() throws SQLException {
    // given
    WarehouseTable items = items("again");
    loads.load(items, loads.content(items, 1, "a", row(1L, "old", null)));
    loads.load(items, loads.content(items, 2, "b", row(1L, "new", null)));

    // when
    Output same = loads.load(items, loads.content(items, 2, "b", row(1L, "never", null)));
    Output earlier = loads.load(items, loads.content(items, 1, "a", row(1L, "never", null)));
    Output unchanged = loads.load(items, loads.content(items, 3, "b", row(1L, "never", null)));

    // then
    assertThat(Stream.of(same, earlier, unchanged).map(Output::outcome))
        .containsExactly(Outcome.UNCHANGED, Outcome.SUPERSEDED, Outcome.UNCHANGED);
    assertThat(loads.rows(items)).containsExactly("(1,new,)");
    assertThat(loads.audits(items)).containsExactly("1", "2", "3");
  }

  @Test
  void aGapInTheAuditBringsAllRowsAndSaysSo() throws SQLException {
    // given
    WarehouseTable items = items("gap");
    loads.load(items, loads.content(items, 1, "a", row(1L, "old", null)));

    // when
    Load afterGap =
        loads.written(
            items,
            loads.content(
                items, 3, "c", List.of(row(7L, "new", null)), "b", row("I", 7L, "new", null)));
    Load ofRevised =
        loads.written(
            items,
            loads.content(
                items,
                4,
                "d",
                List.of(row(7L, "new", null), row(8L, "new", null)),
                "revised",
                row("I", 8L, "new", null)));

    // then
    assertThat(afterGap).isEqualTo(new Load(Load.Kind.FULL_GAP, 1, 0, 1));
    assertThat(ofRevised).isEqualTo(new Load(Load.Kind.FULL_BATCH_DIFFERS, 2, 0, 1));
    assertThat(loads.rows(items)).containsExactly("(7,new,)", "(8,new,)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM %s WHERE id = 1",
        "INSERT INTO %s VALUES (3, 'their')",
        "INSERT INTO %s VALUES (9, 'their')"
      })
  void changesThatDoNotFitTheRowsBringAllRows(String touch) throws SQLException {
    // given
    WarehouseTable items = items("touched");
    loads.execute("DROP TABLE IF EXISTS " + loads.name("touched"));
    loads.load(items, loads.content(items, 1, "a", row(1L, "one", null), row(2L, "two", null)));
    loads.execute(touch.formatted(loads.name("touched")));

    // when
    Load load =
        loads.written(
            items,
            loads.content(
                items,
                2,
                "b",
                List.of(row(1L, "1", null), row(2L, "two", null), row(3L, "three", null)),
                "a",
                row("U", 1L, "1", null),
                row("I", 3L, "three", null)));

    // then
    assertThat(load.kind()).isEqualTo(Load.Kind.FULL_ROWS_WERE_NOT_AS_LOADED);
    assertThat(loads.rows(items)).containsExactly("(1,1,)", "(2,two,)", "(3,three,)");
  }

  @Test
  void eachValueArrivesAsItIs() throws SQLException {
    // given
    WarehouseTable values =
        table(
            "edges",
            column("id", "int", false, null),
            column("text", "string", true, null),
            column("amount", "decimal(38,10)", true, null),
            column("day", "date", true, null),
            column("moment", "timestamp", true, null),
            column("local", "timestamp_ntz", true, null),
            column("clock", "time", true, null),
            column("ratio", "double", true, null),
            column("flag", "boolean", true, null),
            column("bytes", "binary", true, null),
            column("share", "float", true, null));

    Row[] rows = {
      row(
          1,
          "a \"quoted\", comma\nline\r\nand \\N, \\. 'and' é漢𝄞\t",
          new BigDecimal("9999999999999999999999999999.9999999999"),
          LocalDate.of(1, 1, 1),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          LocalDateTime.parse("9999-12-31T23:59:59.999999"),
          "23:59:59.999999",
          Double.MIN_VALUE,
          true,
          new byte[] {0, -1},
          1000.00006f),
      row(
          2,
          "",
          new BigDecimal("-0.0000000001"),
          LocalDate.of(-43, 3, 15),
          Instant.parse("-0043-03-15T12:00:00Z"),
          LocalDateTime.parse("2020-02-29T00:00:00"),
          "00:00:00",
          Double.NaN,
          false,
          null,
          -0.0f),
      row(3, "NULL", BigDecimal.ZERO, null, null, null, null, -0.0, null, null, null),
      row(
          4,
          null,
          null,
          null,
          null,
          null,
          null,
          Double.NEGATIVE_INFINITY,
          null,
          new byte[] {32},
          Float.NaN)
    };

    // when
    loads.written(values, loads.content(values, 1, "a", rows));

    // then
    assertThat(loads.strings("SELECT text FROM %s ORDER BY id".formatted(loads.name("edges"))))
        .containsExactly(
            "a \"quoted\", comma\nline\r\nand \\N, \\. 'and' é漢𝄞\t", "", "NULL", null);
    assertThat(
            loads.strings(
                "SELECT (amount, day, moment, local, clock, ratio, flag)::text FROM %s ORDER BY id"
                    .formatted(loads.name("edges"))))
        .containsExactly(
            "(9999999999999999999999999999.9999999999,0001-01-01,\"1969-12-31 23:59:59.999999+00\","
                + "\"9999-12-31 23:59:59.999999\",23:59:59.999999,5e-324,t)",
            "(-0.0000000001,\"0044-03-15 BC\",\"0044-03-15 12:00:00+00 BC\",\"2020-02-29 00:00:00\","
                + "00:00:00,NaN,f)",
            "(0.0000000000,,,,,-0,)",
            "(,,,,,-Infinity,)");
    Parity parity = loads.compare(values, 1, "a", rows);
    assertThat(parity.ranges()).isEmpty();
    assertThat(parity.warehouse()).isEqualTo(parity.lake());
    assertThat(parity.lake().rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret secret secret secret", "abcde                          "})
  void aTextThatIsTooLongIsRefusedAndTheOldRowsStay(String text) throws Exception {
    // given: PostgreSQL itself would cut off blanks
    WarehouseTable items = loads.oldRow("long" + text.length());
    String longest = "é漢𝄞a ";

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> loads.load(items, loads.content(items, 2, "b", row(1L, text, null))));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.getMessage() + refused.why()).doesNotContain(text.strip());
    assertThat(loads.rows(items)).containsExactly(OLD_ROW);
    assertThat(loads.leftFiles()).isEmpty();

    // when
    loads.written(items, loads.content(items, 2, "b", row(1L, longest, null)));

    // then
    assertThat(loads.rows(items)).containsExactly("(1,\"%s\",)".formatted(longest));
  }

  @Test
  void aTableFollowsItsContract() throws SQLException {
    // given
    loads.load(
        table(
            "followed",
            column("id", "int", false, null),
            column("name", "string", false, "varchar(5)"),
            column("price", "decimal(9,2)", true, null)),
        loads.content(items("followed"), 1, "a", row(1L, "one", new BigDecimal("1.00"))));
    WarehouseTable wider =
        table(
            "followed",
            column("id", "int", false, null),
            column("name", "string", true, "varchar(20)"),
            column("price", "decimal(12,3)", true, null),
            column("amount", "int", true, null));

    // when
    Load load =
        loads.written(
            wider, loads.content(wider, 2, "b", row(1, null, new BigDecimal("123456789.123"), 7)));

    // then
    assertThat(load.kind()).isEqualTo(Load.Kind.FULL_NO_CHANGES_KNOWN);
    assertThat(
            loads.strings("SELECT (id, name, price, amount)::text FROM " + loads.name("followed")))
        .containsExactly("(1,,123456789.123,7)");
  }

  @Test
  void aTableOfAnotherTypeIsLeftAlone() throws SQLException {
    // given
    WarehouseTable items = loads.oldRow("other_type");
    loads.execute("ALTER TABLE %s ALTER name TYPE char(300)".formatted(loads.name("other_type")));

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> loads.load(items, loads.content(items, 2, "b", row(1L, "new", null))));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.why()).contains("name is character(300)");
    assertThat(loads.audits(items)).containsExactly("1");
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitLeavesTheOldRowsAndTheLoadIsRunAgain() throws Exception {
    // given
    WarehouseTable items = loads.oldRow("lost");
    TableContent next =
        loads.content(
            items,
            2,
            "b",
            List.of(row(2L, "new", null)),
            "a",
            row("D", 1L, null, null),
            row("I", 2L, "new", null));

    // when
    ChangelakeException failure = losesItsConnection(items, () -> loads.load(items, next));

    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(failure.retryable()).isTrue();
    assertThat(loads.rows(items)).containsExactly(OLD_ROW);

    // when
    Load again = loads.written(items, next);

    // then
    assertThat(again).isEqualTo(new Load(Load.Kind.INCREMENTAL, 1, 0, 1));
    assertThat(loads.rows(items)).containsExactly("(2,new,)");
    assertThat(loads.audits(items)).containsExactly("1", "2");
  }

  @Test
  void ofTwoLoadsAtOnceOneLoads() throws SQLException {
    // given
    WarehouseTable items = items("at_once");
    TableContent content = loads.content(items, 1, "a", row(1L, "one", null));

    // when
    CompletableFuture<Output> other =
        CompletableFuture.supplyAsync(() -> loads.load(items, content));
    Output ours = loads.load(items, content);

    // then
    assertThat(Stream.of(ours, other.join()).map(Output::outcome))
        .containsExactlyInAnyOrder(Outcome.WRITTEN, Outcome.UNCHANGED);
    assertThat(loads.rows(items)).containsExactly("(1,one,)");
    assertThat(loads.audits(items)).containsExactly("1");
  }

  @Test
  void aTableThatWasDroppedIsLoadedAgain() throws SQLException {
    // given
    WarehouseTable items = loads.oldRow("dropped");
    loads.execute("DROP TABLE " + loads.name("dropped"));

    // when
    Load load = loads.written(items, loads.content(items, 1, "a", row(1L, "old", null)));

    // then
    assertThat(load.kind()).isEqualTo(Load.Kind.FULL_FIRST_LOAD);
    assertThat(loads.rows(items)).containsExactly("(1,old,)");
  }

  @Test
  void aTableThatAnotherLakeLoadedIsLeftToIt() throws SQLException {
    // given
    WarehouseTable items = loads.oldRow("others");
    LoadsUnderTest other = loads.ofAnotherLake();

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> other.load(items, other.content(items, 9, "z", row(1L, "theirs", null))));

    // then
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem()).contains("others was loaded from another lake");
    assertThat(loads.rows(items)).containsExactly(OLD_ROW);
  }
}
