package dev.changelake.compact.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarehouseErrorsTest {
  private static final String INVALID_DATE = "22007";

  @ParameterizedTest
  @ValueSource(strings = {"secret", "secret\"secret", "\"secret\" and \"secret", "secret\nsecret"})
  void noPartOfAValueIsTold(String value) {
    // given
    String message = "ERROR: invalid input syntax for type date: \"%s\"".formatted(value);

    // when
    String why =
        WarehouseErrors.refused(
                new PostgresDialect(null), "It failed.", new SQLException(message, INVALID_DATE))
            .why();

    // then
    assertThat(why)
        .startsWith("PostgreSQL says: ERROR: invalid input syntax for type date: (a value)")
        .doesNotContain("secret");
  }
}
