package dev.changelake.produce.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlatformTablesTest {
  private final TableContracts contracts = TableContracts.load(Optional.empty());

  @Test
  void a_table_has_the_columns_of_its_messages_and_its_key() {
    // given
    TableContract weblogs = contracts.get("weblogs");

    // when
    List<String> statements = PlatformTables.ddl(contracts, List.of(weblogs));

    // then
    assertThat(statements)
        .containsExactly(
            "CREATE TABLE IF NOT EXISTS \"public\".\"weblogs\" (\"log_date\" date NOT NULL,"
                + " \"line_number\" bigint NOT NULL, \"line\" text NOT NULL,"
                + " PRIMARY KEY (\"log_date\", \"line_number\"))");
  }

  @Test
  void rows_refer_to_the_tables_that_are_there_once_all_are_made() {
    // when
    List<String> statements =
        PlatformTables.ddl(
            contracts, List.of(contracts.get("products"), contracts.get("companies")));

    // then
    assertThat(statements).hasSize(3);
    assertThat(statements.get(0)).contains("\"prod_unit_price\" numeric(18,2) NOT NULL");
    assertThat(statements.get(2))
        .contains(
            "ALTER TABLE \"public\".\"products\" ADD CONSTRAINT \"products_supplier_id\""
                + " FOREIGN KEY (\"supplier_id\") REFERENCES \"public\".\"companies\"");
  }

  @Test
  void names_are_quoted() {
    assertThat(PlatformTables.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
  }
}
