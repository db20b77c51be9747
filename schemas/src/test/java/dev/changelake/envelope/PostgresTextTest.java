package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL's text of what consists of several values. */
class PostgresTextTest {

  @Test
  void readsArrays() {
    // when
    List<Object> elements = PostgresText.array("{NULL,\"NULL\",\"\",a b,\"quote \\\" \\\\ , {\"}");

    // then
    assertThat(elements).isEqualTo(Arrays.asList(null, "NULL", "", "a b", "quote \" \\ , {"));
    assertThat(PostgresText.array("{}")).isEmpty();
    assertThat(PostgresText.array("[0:1]={5,6}")).containsExactly("5", "6");
    assertThat(PostgresText.array("{{1,2},{3,4}}"))
        .containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void readsHstore() {
    // when, then
    assertThat(PostgresText.hstore("\"a\"=>NULL, \"q\\\"\\\\\"=>\"NULL\""))
        .containsEntry("a", null)
        .containsEntry("q\"\\", "NULL")
        .hasSize(2);
  }

  @Test
  void readsIntervals() {
    // when, then
    assertThat(PostgresText.interval("P1Y2M3DT4H5M6.789S"))
        .isEqualTo("14 months, 3 days, 14706.789 seconds");
    assertThat(PostgresText.interval("P-1Y2M")).isEqualTo("-10 months, 0 days, 0 seconds");
  }
}
