package dev.changelake.compact.load;

import static dev.changelake.compact.load.LoadsUnderTest.column;
import static dev.changelake.compact.load.LoadsUnderTest.items;
import static dev.changelake.compact.load.LoadsUnderTest.row;
import static dev.changelake.compact.load.LoadsUnderTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.contract.Column;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What {@code verify --warehouse} must tell of each kind of warehouse. */
interface WarehouseComparisons {
  /** The warehouse under test. */
  LoadsUnderTest loads();

  @Test
  default void whatDiffersFromTheLakeIsToldByRangesOfKeys() throws SQLException {
    // given: keys that sort by their bytes, and in no language
    WarehouseTable words =
        table(
            "words",
            column("word", "string", false, null),
            column("amount", "decimal(9,2)", true, null));
    List<String> keys = List.of("", "B", "Z", "a b", "a-b", "ab", "z", "é", "漢", "𝄞");
    Row[] rows = keys.stream().map(key -> row(key, new BigDecimal("1.00"))).toArray(Row[]::new);
    loads().written(words, loads().content(words, 1, "a", rows));
    Parity same = loads().compare(words, 1, "a", rows);

    // when
    String name = loads().name("words");
    loads().execute("DELETE FROM %s WHERE word IN ('B', 'Z')".formatted(name));
    loads().execute("UPDATE %s SET amount = 2 WHERE word IN ('a b', 'é')".formatted(name));
    loads().execute("INSERT INTO %s VALUES ('éa', NULL)".formatted(name));
    Parity parity = loads().compare(words, 1, "a", rows);

    // then
    assertThat(same.ranges()).isEmpty();
    assertThat(same.warehouse()).isEqualTo(same.lake());
    assertThat(parity.lake()).isEqualTo(same.lake());
    assertThat(parity.warehouse().rows()).isEqualTo(9);
    assertThat(parity.warehouse().checksum()).isNotEqualTo(same.lake().checksum());
    assertThat(parity.differing()).isEqualTo(5);
    assertThat(parity.ranges())
        .containsExactly(
            new Parity.KeyRange("word=B", "word=a b", 2, 0, 1, Set.of("amount")),
            new Parity.KeyRange("word=é", "word=éa", 0, 1, 1, Set.of("amount")));
  }

  @Test
  default void arraysAndMapsAreComparedByTheirElements() throws SQLException {
    // given
    List<Column> columns = new ArrayList<>(List.of(column("id", "int", false, null)));
    List<String> types =
        List.of(
            "bigint",
            "int",
            "boolean",
            "string",
            "date",
            "time",
            "timestamp",
            "timestamp_ntz",
            "double",
            "float",
            "binary",
            "decimal(38,10)");
    types.forEach(
        type ->
            columns.add(
                column(type.replaceAll("\\W", "_") + "s", "array<" + type + ">", true, null)));
    columns.add(column("words", "map<string,string>", true, null));
    WarehouseTable lists = table("lists", columns.toArray(Column[]::new));
    Row[] rows = {
      row(
          1,
          Bags.seq(Long.MIN_VALUE, null, 0L),
          Bags.seq(Integer.MAX_VALUE, null),
          Bags.seq(true, null, false),
          Bags.seq("a \"q\", \\ {}", null, "", "null", "1", "漢𝄞"),
          Bags.seq(LocalDate.of(-43, 3, 15), LocalDate.of(9999, 12, 31), null),
          Bags.seq("23:59:59.999999", "00:00:00", null, "12:00:00.500000"),
          Bags.seq(
              Instant.parse("1969-12-31T23:59:59.999999Z"), Instant.parse("-0043-03-15T12:00:00Z")),
          Bags.seq(LocalDateTime.parse("2020-02-29T00:00:00.100"), null),
          Bags.seq(5e-324, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, null),
          Bags.seq(0.1f, Float.MAX_VALUE),
          Bags.seq(new byte[] {0, -1}, new byte[0], null),
          Bags.seq(
              new BigDecimal("9999999999999999999999999999.9999999999"),
              new BigDecimal("-1.5000000000"),
              null),
          Bags.map("k", "v", "n", null, "é", "")),
      nulls(2),
      nulls(3),
      nulls(4),
      row(
          5,
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.seq(),
          Bags.map())
    };

    // when
    loads().written(lists, loads().content(lists, 1, "a", rows));
    Parity same = loads().compare(lists, 1, "a", rows);
    String name = loads().name("lists");
    loads()
        .execute(
            "UPDATE %s SET words = '{\"k\": \"v\", \"n\": \"\", \"é\": \"\"}' WHERE id = 1"
                .formatted(name));
    loads()
        .execute(
            "UPDATE %1$s a SET strings = b.strings FROM %1$s b WHERE a.id = 3 AND b.id = 5"
                .formatted(name));
    loads()
        .execute(
            "UPDATE %1$s a SET words = NULL, ints = b.ints FROM %1$s b WHERE a.id = 5 AND b.id = 1"
                .formatted(name));
    Parity parity = loads().compare(lists, 1, "a", rows);

    // then
    assertThat(same.ranges()).isEmpty();
    assertThat(same.warehouse()).isEqualTo(same.lake());
    assertThat(parity.ranges())
        .containsExactly(
            new Parity.KeyRange("id=1", "id=1", 0, 0, 1, Set.of("words")),
            new Parity.KeyRange("id=3", "id=3", 0, 0, 1, Set.of("strings")),
            new Parity.KeyRange("id=5", "id=5", 0, 0, 1, Set.of("ints", "words")));
  }

  private static Row nulls(int id) {
    return row(id, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  @Test
  default void moreRowsThanAreFetchedAtOnceAreAllCompared() throws SQLException {
    // given
    WarehouseTable many =
        table("many", column("id", "bigint", false, null), column("text", "string", true, null));
    Row[] rows =
        LongStream.rangeClosed(1, 20_001).mapToObj(id -> row(id, "t" + id)).toArray(Row[]::new);

    // when
    loads().written(many, loads().content(many, 1, "a", rows));
    loads()
        .execute(
            "UPDATE %s SET text = 't' WHERE id IN (10001, 20001)".formatted(loads().name("many")));
    Parity parity = loads().compare(many, 1, "a", rows);

    // then
    assertThat(parity.lake().rows()).isEqualTo(20_001);
    assertThat(parity.warehouse().rows()).isEqualTo(20_001);
    assertThat(parity.ranges())
        .extracting(Parity.KeyRange::from)
        .containsExactly("id=10001", "id=20001");
  }

  @Test
  default void aKeyOfTimesIsFoundOnBothSides() throws SQLException {
    // given
    WarehouseTable clocks = table("clocks", column("clock", "time", false, null));
    Row[] rows = {row("12:00:00.000000"), row("12:00:00.500000"), row("12:00:00.500001")};

    // when
    loads().written(clocks, loads().content(clocks, 1, "a", rows));
    Parity parity = loads().compare(clocks, 1, "a", rows);

    // then
    assertThat(parity.ranges()).isEmpty();
    assertThat(parity.warehouse()).isEqualTo(parity.lake());
  }

  @Test
  default void aTableThatHoldsAnotherBatchIsNotCompared() throws SQLException {
    // given
    WarehouseTable items = loads().oldRow("other_batch");

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class, () -> loads().compare(items, 2, "a", row(1L, "old", null)));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(refused.why()).isEqualTo("It holds batch number 1, asked for is 2.");

    // when
    ChangelakeException changed =
        catchThrowableOfType(
            ChangelakeException.class, () -> loads().compare(items, 1, "b", row(1L, "old", null)));

    // then
    assertThat(changed.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(changed.why()).startsWith("It holds the batch as it was before");

    // when
    WarehouseTable never = items("never_loaded");
    ChangelakeException unknown =
        catchThrowableOfType(
            ChangelakeException.class, () -> loads().compare(never, 1, "a", row(1L, "old", null)));

    // then
    assertThat(unknown.why()).isEqualTo("Nothing was loaded into it.");
    assertThat(loads().strings("SELECT tablename FROM pg_tables WHERE tablename = 'never_loaded'"))
        .isEmpty();
  }
}
