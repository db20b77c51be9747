package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What contracts may say of each other. */
class ContractRelationsTest {

  static Stream<Arguments> contradictions() {
    return Stream.of(
        bad("feeds of an unknown table", "feeds[0].from", files -> files.remove("offers.json")),
        bad("feeds of itself", "feeds[0].from", files -> feed(files).put("from", "items")),
        bad(
            "feeds of a table of its own",
            "feeds[0].from",
            files -> files.get("offers.json").put("mode", "merge")),
        bad(
            "the same feed twice",
            "feeds[1].from",
            files ->
                ContractTexts.array(files.get("items.json"), "feeds").add(feed(files).deepCopy())),
        bad("a column without a value", "feeds[0].columns", files -> columns(files).remove("note")),
        bad(
            "a value for no column",
            "feeds[0].columns",
            files -> columns(files).put("colour", "words")),
        bad(
            "a value of no column",
            "feeds[0].columns.price",
            files -> columns(files).put("price", "prize")),
        bad(
            "a value of another type",
            "feeds[0].columns.note",
            files -> columns(files).put("note", "price")),
        bad(
            "a decimal of another scale",
            "feeds[0].columns.price",
            files ->
                ContractTexts.column(files.get("offers.json"), 2).put("type", "decimal(18,4)")),
        bad(
            "nullable into required",
            "feeds[0].columns.sold",
            files -> ((ObjectNode) feed(files).get("when")).remove("taken")),
        bad(
            "the null condition is no guard",
            "feeds[0].columns.sold",
            files -> ((ObjectNode) feed(files).get("when")).put("taken", "null")),
        bad("null into required", "feeds[0].columns.sold", files -> columns(files).putNull("sold")),
        bad(
            "a boolean into a decimal",
            "feeds[0].columns.price",
            files -> columns(files).put("price", true)),
        bad(
            "a constant key",
            "feeds[0].columns.sold",
            files -> {
              ContractTexts.array(files.get("items.json"), "key").add("sold");
              columns(files).put("sold", true);
            }),
        bad(
            "a condition on no column",
            "feeds[0].when.gone",
            files -> ((ObjectNode) feed(files).get("when")).put("gone", "null")),
        bad(
            "truth of what is no boolean",
            "feeds[0].when.price",
            files -> ((ObjectNode) feed(files).get("when")).put("price", "true")),
        bad(
            "a condition that never holds",
            "feeds[0].when.price",
            files -> ((ObjectNode) feed(files).get("when")).put("price", "null")),
        bad(
            "reference to an unknown table",
            "columns.price.references",
            files -> ContractTexts.column(files.get("items.json"), 1).put("references", "prices")),
        bad(
            "reference of another type",
            "columns.price.references",
            files -> ContractTexts.column(files.get("items.json"), 1).put("references", "items")),
        bad(
            "columns of a feed that follow their source",
            "drift.widened",
            files -> files.get("offers.json").putObject("drift").put("widened", "evolve")),
        bad(
            "columns that are fed and follow their source",
            "drift.dropped",
            files -> files.get("items.json").putObject("drift").put("dropped", "evolve")),
        bad("a feed that feeds nothing", "mode", files -> files.get("items.json").remove("feeds")));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void refusesContradictionsNamingFileAndField(
      Consumer<Map<String, ObjectNode>> mistake, String field) {
    // given
    Map<String, ObjectNode> files = ContractTexts.fed();
    mistake.accept(files);

    // when, then
    assertThatThrownBy(() -> ContractTexts.contracts(files))
        .isInstanceOfSatisfying(
            ChangelakeException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE);
              assertThat(refused.problem()).containsPattern("(items|offers)\\.json");
              assertThat(refused.why()).startsWith(field + " ");
            });
  }

  @Test
  void takesAFeedWithGuardedColumns() {
    // when
    TableContracts contracts = ContractTexts.contracts(ContractTexts.fed());

    // then
    assertThat(contracts.targets()).extracting(TableContract::table).containsExactly("items");
    assertThat(contracts.get("items").feeds().get(0).columns())
        .containsEntry("sold", new Feed.FromColumn("taken"))
        .containsEntry("note", new Feed.NullConstant());
  }

  @Test
  void refusesTwoFilesOfOneTable() {
    // given
    Map<String, ObjectNode> files = ContractTexts.fed();
    files.put("items2.json", ContractTexts.items().put("topic", "another"));

    // when, then
    assertThatThrownBy(() -> ContractTexts.contracts(files))
        .hasMessageContaining("items2.json")
        .hasMessageContaining("table is that of items.json too");
  }

  @Test
  void refusesTwoTablesOfOneTopic() {
    // given
    Map<String, ObjectNode> files = ContractTexts.fed();
    files.put("things.json", ContractTexts.items().put("table", "things"));

    // when, then
    assertThatThrownBy(() -> ContractTexts.contracts(files))
        .hasMessageContaining("things.json")
        .hasMessageContaining("topic is that of items.json too");
  }

  private static Arguments bad(
      String name, String field, Consumer<Map<String, ObjectNode>> mistake) {
    return Arguments.of(Named.of(name, mistake), field);
  }

  private static ObjectNode feed(Map<String, ObjectNode> files) {
    return (ObjectNode) files.get("items.json").get("feeds").get(0);
  }

  private static ObjectNode columns(Map<String, ObjectNode> files) {
    return (ObjectNode) feed(files).get("columns");
  }
}
