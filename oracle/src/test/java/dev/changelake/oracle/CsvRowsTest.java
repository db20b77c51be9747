package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvRowsTest {

  private static final List<Column> TEXTS =
      List.of(
          Column.optional("a", ColumnType.STRING),
          Column.optional("b", ColumnType.STRING),
          Column.optional("c", ColumnType.STRING));

  private static List<SortedMap<String, Object>> read(String text, Column... columns) {
    return CsvRows.read(text.getBytes(StandardCharsets.UTF_8), List.of(columns));
  }

  /** The fields of the records after the header. */
  private static List<List<Object>> texts(String records) {
    List<List<Object>> texts = new ArrayList<>();
    CsvRows.read(("a,b,c\n" + records).getBytes(StandardCharsets.UTF_8), TEXTS)
        .forEach(row -> texts.add(new ArrayList<>(row.values())));
    return texts;
  }

  private static List<Object> fields(Object... fields) {
    return Arrays.asList(fields);
  }

  static List<Arguments> wellFormed() {
    return List.of(
        Arguments.of("", List.of()),
        Arguments.of("1,2,3\n", List.of(fields("1", "2", "3"))),
        Arguments.of("1,2,3", List.of(fields("1", "2", "3"))),
        Arguments.of("1,2,3\r\n4,5,6\r\n", List.of(fields("1", "2", "3"), fields("4", "5", "6"))),
        Arguments.of(",,\n", List.of(fields(null, null, null))),
        Arguments.of("\"\",,\"\"\n", List.of(fields("", null, ""))),
        Arguments.of("\"\",,\"\"", List.of(fields("", null, ""))),
        Arguments.of("1,2,", List.of(fields("1", "2", null))),
        Arguments.of("\"a,b\",\"c\"\"d\",e f", List.of(fields("a,b", "c\"d", "e f"))),
        Arguments.of("\"\"\"\",\"\"\"\"\"\",x", List.of(fields("\"", "\"\"", "x"))),
        Arguments.of("\"1\n2\",\"3\r\n4\",\"\r\"\n", List.of(fields("1\n2", "3\r\n4", "\r"))),
        Arguments.of(" 1 ,\" \", \n", List.of(fields(" 1 ", " ", " "))),
        Arguments.of("null,NULL,\\N\n", List.of(fields("null", "NULL", "\\N"))),
        Arguments.of("ö,\uD83D\uDE00,'\n", List.of(fields("ö", "\uD83D\uDE00", "'"))));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void records_are_taken_apart(String records, List<List<Object>> expected) {
    assertThat(texts(records)).isEqualTo(expected);
  }

  static List<Arguments> malformed() {
    return List.of(
        Arguments.of("1,2\n", "Record 2 has 2 fields, not 3: [1, 2]"),
        Arguments.of("1,2,3\n1,2,3,4\n", "Record 3 has 4 fields, not 3: [1, 2, 3, 4]"),
        Arguments.of("\n", "Record 2 has 1 fields, not 3: [null]"),
        Arguments.of("\"1,2,3\n", "Record 2 has a quote that is never closed, at character 13"),
        Arguments.of(
            "1\"2,3,4\n", "Record 2 has a quote in a field without quotes, at character 7"),
        Arguments.of("\"1\"2,3,4\n", "Record 2 has text after a closing quote, at character 9"),
        Arguments.of("\"1\" ,3,4\n", "Record 2 has text after a closing quote, at character 9"),
        Arguments.of(
            "1,2,3\r4,5,6\n",
            "Record 2 has a carriage return without a line feed, at character 12"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void other_files_are_refused(String records, String message) {
    assertThatThrownBy(() -> texts(records))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void the_only_column_of_a_file_may_be_null() {
    assertThat(read("a\n\nx\n", Column.optional("a", ColumnType.STRING)))
        .extracting(row -> row.get("a"))
        .containsExactly(null, "x");
  }

  @Test
  void the_header_must_name_the_columns_in_order() {
    Column a = Column.optional("a", ColumnType.STRING);
    Column b = Column.optional("b", ColumnType.STRING);

    assertThat(read("\"a\",b\n1,2\n", a, b))
        .containsExactly(new TreeMap<>(Map.of("a", "1", "b", "2")));
    assertThatThrownBy(() -> read("b,a\n1,2\n", a, b))
        .hasMessage("Expected the header [a, b], was [b, a]");
    assertThatThrownBy(() -> read("\uFEFFa,b\n", a, b)).hasMessageStartingWith("Expected the");
    assertThatThrownBy(() -> read("", a, b)).hasMessage("Expected the header [a, b], was none");
  }

  @Test
  void cells_have_the_oracles_types() {
    List<SortedMap<String, Object>> rows =
        read(
            "long,int,flag,text,day,at,price\n"
                + "-9223372036854775808,7,true,Ödön,2024-10-04,2020-06-22T10:11:12.000001Z,-0.01\n"
                + "1,-7,false,,1969-12-31,2020-06-22T12:11:12+02:00,1.5\n"
                + ",,,,,,\n",
            Column.optional("long", ColumnType.BIGINT),
            Column.optional("int", ColumnType.INT),
            Column.optional("flag", ColumnType.BOOLEAN),
            Column.optional("text", ColumnType.STRING),
            Column.optional("day", ColumnType.DATE),
            Column.optional("at", ColumnType.TIMESTAMP),
            Column.optional("price", ColumnType.DECIMAL));

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0))
        .containsEntry("long", Long.MIN_VALUE)
        .containsEntry("int", 7)
        .containsEntry("flag", true)
        .containsEntry("text", "Ödön")
        .containsEntry("day", LocalDate.of(2024, 10, 4))
        .containsEntry("at", Instant.parse("2020-06-22T10:11:12.000001Z"))
        .containsEntry("price", new BigDecimal("-0.01"));
    assertThat(rows.get(1))
        .containsEntry("flag", false)
        .containsEntry("text", null)
        .containsEntry("at", Instant.parse("2020-06-22T10:11:12Z"))
        .containsEntry("price", new BigDecimal("1.5"));
    assertThat(rows.get(2).values()).containsOnlyNulls().hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({
    "BIGINT, 1.0",
    "BIGINT, 9223372036854775808",
    "INT, 2147483648",
    "INT, ''",
    "BOOLEAN, TRUE",
    "BOOLEAN, 1",
    "DATE, 04.10.2024",
    "TIMESTAMP, 2020-06-22T10:11:12",
    "DECIMAL, '1,50'"
  })
  void a_cell_of_another_type_is_refused(ColumnType type, String field) {
    assertThatThrownBy(() -> read("a\n\"" + field + "\"\n", Column.optional("a", type)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Record 2: a is not of type %s: \"%s\"".formatted(type, field));
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    assertThatThrownBy(() -> CsvRows.read(new byte[] {'a', '\n', (byte) 0xff}, TEXTS))
        .hasMessage("The file is not UTF-8");
  }
}
