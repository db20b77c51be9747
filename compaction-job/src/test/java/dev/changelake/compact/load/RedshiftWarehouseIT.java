package dev.changelake.compact.load;

import static dev.changelake.compact.load.LoadsUnderTest.items;
import static dev.changelake.compact.load.LoadsUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.redshift.RedshiftStandIn;
import dev.changelake.compact.result.Output;
import dev.changelake.compact.stack.TestStack;
import dev.changelake.compact.store.OutputFiles;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedshiftWarehouseIT extends WarehouseLoads {
  private static final String ROLE = "arn:aws:iam::123456789012:role/lake";

  private final RedshiftStandIn redshift = RedshiftStandIn.start(TestStack.get(), ROLE);

  @Override
  Map<String, String> warehouse() {
    return warehouse(ROLE);
  }

  private Map<String, String> warehouse(String role) {
    Map<String, String> entries = new HashMap<>();
    entries.put("warehouse.url", redshift.url());
    redshift.jdbc().forEach((key, value) -> entries.put("warehouse.jdbc." + key, value));
    entries.put("warehouse.redshift.iam-role", role);
    return entries;
  }

  @AfterAll
  void stops() {
    redshift.close();
  }

  @Override
  ChangelakeException losesItsConnection(WarehouseTable table, Runnable load) {
    redshift.dropConnectionAfterNextCopy();
    return catchThrowableOfType(ChangelakeException.class, load::run);
  }

  @Test
  void bytesAreHexadecimalAndArraysAndMapsAreJson() throws SQLException {
    // given
    WarehouseTable bags = Bags.table("bags");

    // when
    loads.written(bags, loads.content(bags, 1, "a", Bags.rows((byte) 1)));
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> loads.load(bags, loads.content(bags, 2, "b", Bags.rows())));

    // then
    assertThat(
            loads.strings(
                "SELECT concat_ws(' ', encode(bytes, 'hex'), texts, numbers, words) FROM %s ORDER BY id"
                    .formatted(loads.name("bags"))))
        .containsExactly(
            "00ff22 [\"a \\\"q\\\", \\\\\", null, \"\", \"NULL\"] [\"1.50\", null]"
                + " {\"k\": \"v\", \"n\": null}",
            "01 [] [] {}",
            "");
    assertThat(refused.why()).startsWith("Column bytes: ").contains("no bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "texts|[1]",
        "texts|[{}]",
        "texts|{\"a\": \"1\"}",
        "numbers|[1.50]",
        "numbers|[\"1.5e0\"]",
        "words|{\"k\": 1}",
        "words|[\"1\"]"
      })
  void jsonOfAnotherFormIsAnotherValue(String column, String json) throws SQLException {
    // given
    WarehouseTable bags = Bags.table("bags_" + Math.abs(json.hashCode()));
    Row row = row(1, null, Bags.seq("1"), Bags.seq(new BigDecimal("1.50")), Bags.map("k", "1"));
    loads.written(bags, loads.content(bags, 1, "a", row));
    Parity same = loads.compare(bags, 1, "a", row);

    // when
    loads.execute("UPDATE %s SET %s = '%s'".formatted(loads.name(bags.name()), column, json));
    Parity parity = loads.compare(bags, 1, "a", row);

    // then
    assertThat(same.ranges()).isEmpty();
    assertThat(parity.ranges())
        .containsExactly(new Parity.KeyRange("id=1", "id=1", 0, 0, 1, Set.of(column)));
  }

  @Test
  void readersSeeTheOldRowsUntilTheCommit() throws Exception {
    // given
    WarehouseTable items = loads.oldRow("watched");
    redshift.holdAfterNextCopy();

    // when
    CompletableFuture<Output> load =
        CompletableFuture.supplyAsync(
            () -> loads.load(items, loads.content(items, 2, "b", row(2L, "new", null))));
    redshift.awaitHeld();

    // then
    assertThat(loads.rows(items)).containsExactly("(1,old,1.00)");

    // when
    redshift.release();
    load.join();

    // then
    assertThat(loads.rows(items)).containsExactly("(2,new,)");
  }

  @Test
  void aTextIsMeasuredInBytes() throws SQLException {
    // given
    WarehouseTable items = items("bytes");

    // when
    loads.written(items, loads.content(items, 1, "a", row(1L, "𝄞".repeat(5), null)));
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () ->
                loads.load(
                    items, loads.content(items, 2, "b", row(1L, "𝄞".repeat(5) + "a", null))));

    // then
    assertThat(refused.why())
        .isEqualTo(
            "Column name: A text of 21 bytes in UTF-8 does not fit in varchar(20): Redshift counts"
                + " bytes.");
    assertThat(loads.rows(items)).containsExactly("(1,%s,)".formatted("𝄞".repeat(5)));
  }

  @Test
  void aRoleThatMayNotReadEndsInAClearError() throws SQLException {
    // given
    String wrong = "arn:aws:iam::123456789012:role/other";
    LoadsUnderTest others = new LoadsUnderTest(warehouse(wrong));
    WarehouseTable items = items("role");

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> others.load(items, others.content(items, 1, "a", row(1L, "one", null))));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(refused.why()).contains("not authorized to assume IAM Role");
    assertThat(refused.remedy()).contains("the role and its rights on the bucket");
    assertThat(others.rows(items)).isEmpty();
    assertThat(others.audits(items)).isEmpty();
  }

  @Test
  void aFileThatIsMissingLoadsNothing() throws Exception {
    // given
    WarehouseTable items = loads.oldRow("missing");
    LoadsUnderTest forgetful = loads.through(RedshiftWarehouseIT::losingItsFiles);

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () ->
                forgetful.load(
                    items,
                    forgetful.content(items, 2, "b", row(1L, "new", null), row(2L, "new", null))));

    // then
    assertThat(refused.category()).isEqualTo(ErrorCategory.WAREHOUSE);
    assertThat(loads.rows(items)).containsExactly("(1,old,1.00)");
    assertThat(loads.audits(items)).containsExactly("1");
    assertThat(loads.leftFiles()).isEmpty();
  }

  /** A store that has lost a load's files when their manifest is written. */
  private static OutputFiles losingItsFiles(OutputFiles files) {
    return (OutputFiles)
        Proxy.newProxyInstance(
            OutputFiles.class.getClassLoader(),
            new Class<?>[] {OutputFiles.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("put")) {
                String folder = ((String) arguments[0]).replaceFirst("/[^/]+$", "");
                files.delete(folder + "/" + files.list(folder).get(0));
              }
              return method.invoke(files, arguments);
            });
  }

  @Test
  void noKeyStandsInSql() {
    // when
    loads.written(items("keys"), loads.content(items("keys"), 1, "a", row(1L, "one", null)));

    // then
    Map<String, String> entries = TestStack.get().entries(Map.of());
    assertThat(redshift.statements())
        .anyMatch(sql -> sql.contains("IAM_ROLE '" + ROLE + "'"))
        .noneMatch(sql -> sql.contains(entries.get("fs.s3a.secret.key")))
        .noneMatch(sql -> sql.contains(entries.get("fs.s3a.access.key")));
  }
}
