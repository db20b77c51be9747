package dev.changelake.compact.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFitTest {
  private static final StructType PRESENT =
      StructType.fromDDL("id BIGINT NOT NULL, name STRING, after STRUCT<price: DECIMAL(18,2)>");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id BIGINT NOT NULL, name STRING, after STRUCT<price: DECIMAL(18,2)>",
        "id BIGINT, name STRING NOT NULL, after STRUCT<price: DECIMAL(18,2)>",
        "id BIGINT, more INT, name STRING, after STRUCT<price: DECIMAL(18,2)>",
        "id BIGINT, name STRING, after STRUCT<more: DATE, price: DECIMAL(18,2)>"
      })
  void takesWhatOnlyAdds(String wanted) {
    assertThat(SchemaFit.misfits("", PRESENT, StructType.fromDDL(wanted))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id BIGINT, after STRUCT<price: DECIMAL(18,2)>|name is in the table alone",
        "id INT, name STRING, after STRUCT<price: DECIMAL(18,2)>"
            + "|id is BIGINT in the table and INT in the contract",
        "id BIGINT, name STRING, after STRUCT<price: DECIMAL(19,4)>"
            + "|after.price is DECIMAL(18,2) in the table and DECIMAL(19,4) in the contract",
        "id BIGINT, name STRING, after STRUCT<cost: DECIMAL(18,2)>"
            + "|after.price is in the table alone",
        "id BIGINT, name STRING, after STRING"
            + "|after is STRUCT<price: DECIMAL(18,2)> in the table and STRING in the contract",
        "id BIGINT, name STRING, more INT NOT NULL, after STRUCT<price: DECIMAL(18,2)>"
            + "|more is new and required",
        "id BIGINT, name ARRAY<STRING>, after STRUCT<price: DECIMAL(18,2)>"
            + "|name is STRING in the table and ARRAY<STRING> in the contract"
      })
  void namesWhatDoesNotFit(String wanted, String misfit) {
    assertThat(SchemaFit.misfits("", PRESENT, StructType.fromDDL(wanted))).containsExactly(misfit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT|BIGINT",
        "INT|DOUBLE",
        "INT|DECIMAL(12,2)",
        "BIGINT|DECIMAL(20,0)",
        "FLOAT|DOUBLE",
        "DECIMAL(9,2)|DECIMAL(11,4)"
      })
  void findsTheColumnsThatGetAWiderType(String before, String after) {
    // given
    StructType present =
        StructType.fromDDL("id BIGINT, n %1$s, s STRUCT<n: %1$s>".formatted(before));
    StructType wanted = StructType.fromDDL("id BIGINT, n %1$s, s STRUCT<n: %1$s>".formatted(after));

    // when, then
    assertThat(SchemaFit.misfits("", present, wanted)).isEmpty();
    assertThat(SchemaFit.widenings("", present, wanted)).containsOnlyKeys("`n`", "`s`.`n`");
    assertThat(SchemaFit.widenings("", wanted, wanted)).isEmpty();
    assertThat(SchemaFit.misfits("", wanted, present)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT|DOUBLE",
        "BIGINT|DECIMAL(19,0)",
        "DECIMAL(9,2)|DECIMAL(10,4)",
        "DATE|TIMESTAMP"
      })
  void refusesTypesThatDoNotHoldEachValue(String before, String after) {
    assertThat(
            SchemaFit.misfits(
                "", StructType.fromDDL("n " + before), StructType.fromDDL("n " + after)))
        .hasSize(1);
  }

  @Test
  void findsColumnsThatMayBeNullFromNowOn() {
    assertThat(
            SchemaFit.loosened(
                StructType.fromDDL("a INT NOT NULL, b INT NOT NULL, c INT"),
                StructType.fromDDL("a INT, b INT NOT NULL, c INT, d INT")))
        .containsExactly("a");
  }

  @Test
  void refusesWithAllMisfitsAndWhatToDo() {
    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () ->
                SchemaFit.require(
                    "s3a://lake/data/delta/t", PRESENT, StructType.fromDDL("id INT, name STRING")));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.problem()).contains("s3a://lake/data/delta/t");
    assertThat(refused.why())
        .isEqualTo(
            "after is in the table alone; id is BIGINT in the table and INT in the contract.");
    assertThat(refused.remedy()).contains("nullable");
  }
}
