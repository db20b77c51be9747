package dev.changelake.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.changelake.contract.TableContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapturedTablesTest {
  @TempDir private Path folder;

  @Test
  void the_tables_are_those_of_the_contracts() {
    // when
    CapturedTables tables =
        CapturedTables.of(TableContracts.load(Optional.empty()), Optional.empty());

    // then
    assertThat(tables.prefix()).isEqualTo("b2b");
    assertThat(tables.tables())
        .extracting(CapturedTables.Table::qualified)
        .containsExactlyInAnyOrder(
            "public.companies",
            "public.company_orders",
            "public.customers",
            "public.leads",
            "public.orders",
            "public.products",
            "public.weblogs");
    assertThat(tables.topics()).contains("b2b.public.orders").hasSize(7);
  }

  @Test
  void with_topics_of_two_databases_the_prefix_has_to_be_said() throws Exception {
    // given
    Files.writeString(
        folder.resolve("invoices.json"),
        """
        {"table": "invoices", "topic": "erp.sales.invoices", "description": "", "mode": "merge", "key": ["id"],
         "columns": [{"name": "id", "type": "bigint"}]}""");
    TableContracts contracts = TableContracts.load(Optional.of(folder));

    // when
    CapturedTables erp = CapturedTables.of(contracts, Optional.of("erp"));

    // then
    assertThat(erp.topics()).containsExactly("erp.sales.invoices");
    assertThat(erp.tables().get(0).qualified()).isEqualTo("sales.invoices");
    assertThatThrownBy(() -> CapturedTables.of(contracts, Optional.empty()))
        .hasMessageContaining("[b2b, erp]");
    assertThatThrownBy(() -> CapturedTables.of(contracts, Optional.of("crm")))
        .hasMessageContaining("No table contract has a topic of the prefix crm.");
  }

  @Test
  void the_contract_spells_what_a_topic_cannot() throws Exception {
    // given
    contract(
        "lists", "erp.Gr__e._ber_Liste.2", "{\"schema\": \"Größe\", \"table\": \"Über Liste.2\"}");
    contract("other_lists", "erp.public.lists", "{\"table\": \"lists\"}");

    // when
    CapturedTables tables =
        CapturedTables.of(TableContracts.load(Optional.of(folder)), Optional.of("erp"));

    // then
    assertThat(tables.tables())
        .extracting(CapturedTables.Table::qualified, CapturedTables.Table::key)
        .containsExactlyInAnyOrder(
            tuple("Größe.Über Liste.2", Set.of("Kunden Nr")),
            tuple("public.lists", Set.of("Kunden Nr")));
  }

  @Test
  void a_topic_is_that_of_the_table_that_the_contract_spells() throws Exception {
    // given
    contract("lists", "erp.public.lists", "{\"schema\": \"sales\"}");
    TableContracts contracts = TableContracts.load(Optional.of(folder));

    // when, then
    assertThatThrownBy(() -> CapturedTables.of(contracts, Optional.of("erp")))
        .hasMessageContaining(
            "Debezium sends the table lists of the schema sales to erp.sales.lists.");
  }

  private void contract(String table, String topic, String source) throws Exception {
    Files.writeString(
        folder.resolve(table + ".json"),
        """
        {"table": "%s", "topic": "%s", "description": "", "mode": "merge", "key": ["id"], "source": %s,
         "columns": [{"name": "id", "type": "bigint", "source": "Kunden Nr"}]}"""
            .formatted(table, topic, source));
  }
}
