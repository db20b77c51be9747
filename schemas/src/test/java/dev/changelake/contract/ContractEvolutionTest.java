package dev.changelake.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a contract is once its table has followed its source. */
class ContractEvolutionTest {
  private static final ColumnType BIGINT = ColumnType.parse("bigint");

  private final TableContracts shipped = TableContracts.load(Optional.empty());
  private final TableContract products = shipped.get("products");

  @Test
  void anAddedColumnMayBeAbsentAndNull() {
    // when
    TableContract evolved = products.evolved(List.of(ColumnChange.added("weight", BIGINT)));

    // then
    Column weight = evolved.column("weight").orElseThrow();
    assertThat(weight.type()).isEqualTo(BIGINT);
    assertThat(weight.nullable() && weight.omittable() && weight.stored()).isTrue();
    assertThat(evolved.columns()).startsWith(products.columns().toArray(Column[]::new));
    assertThat(evolved.fingerprint()).isNotEqualTo(products.fingerprint());
  }

  @Test
  void aWidenedColumnKeepsAllElse() {
    // when
    TableContract evolved =
        products.evolved(
            List.of(
                ColumnChange.widened("prod_unit_price", ColumnType.parse("decimal(20,4)"), false)));

    // then
    Column price = evolved.column("prod_unit_price").orElseThrow();
    assertThat(price.type()).hasToString("decimal(20,4)");
    assertThat(price.nullable()).isFalse();
    assertThat(evolved.column("supplier_id")).isEqualTo(products.column("supplier_id"));
  }

  @Test
  void theFileCountsOnceItHasTheChange() {
    // given
    ObjectNode items = ContractTexts.items();
    ContractTexts.column(items, 1).put("type", "decimal(20,4)").put("nullable", true);
    TableContract contract = ContractTexts.parse(items);
    String name = contract.columns().get(1).name();

    // when, then
    for (ColumnChange change :
        List.of(
            ColumnChange.added(name, BIGINT),
            ColumnChange.widened(name, ColumnType.parse("decimal(18,2)"), false),
            ColumnChange.widened(name, ColumnType.parse("decimal(20,4)"), true))) {
      assertThat(contract.evolved(List.of(change))).isEqualTo(contract);
    }
    assertThat(contract.evolved(List.of(ColumnChange.dropped(contract.columns().get(1)))))
        .isNotEqualTo(contract);
    assertThat(contract.evolved(List.of(ColumnChange.widened("gone", BIGINT, true))))
        .as("a column that the file has lost")
        .isEqualTo(contract);
  }

  @Test
  void aColumnOfTheTypeThatBothHoldIsKept() {
    // given: the file was widened too, to another type
    TableContract contract =
        products.evolved(
            List.of(
                ColumnChange.widened("prod_unit_price", ColumnType.parse("decimal(22,2)"), false)));

    // when: the plan's type does not hold the file's
    TableContract evolved =
        contract.evolved(
            List.of(
                ColumnChange.widened("prod_unit_price", ColumnType.parse("decimal(20,4)"), true)));

    // then
    assertThat(evolved.column("prod_unit_price").orElseThrow().type()).hasToString("decimal(22,2)");
    assertThat(evolved.column("prod_unit_price").orElseThrow().nullable()).isTrue();
  }

  @Test
  void feedsHaveNoValueForAColumnOfTheTablesOwnSource() {
    // when
    TableContracts evolved =
        shipped.evolved(Map.of("orders", List.of(ColumnChange.added("channel", BIGINT))));

    // then
    assertThat(evolved.get("orders").feeds())
        .hasSize(2)
        .allSatisfy(
            feed -> assertThat(feed.columns()).containsEntry("channel", new Feed.NullConstant()));
    assertThat(evolved.get("leads")).isEqualTo(shipped.get("leads"));
  }

  @Test
  void aKeyColumnStaysWhatItIs() {
    assertThatThrownBy(
            () ->
                products.evolved(
                    List.of(ColumnChange.dropped(products.column("prod_id").orElseThrow()))))
        .isInstanceOf(ContractException.class);
  }

  @Test
  void whatCannotEvolveIsNoChange() {
    assertThatThrownBy(() -> new ColumnChange(DriftKind.RENAMED, "weight", BIGINT, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ColumnChange.added("Weight", BIGINT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ColumnChange(DriftKind.ADDED, "weight", BIGINT, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
