package dev.changelake.capture.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LeftRowsTest {
  private static final String TOPIC = "b2b.public.companies";
  private final LeftRows rows = new LeftRows();

  @Test
  void a_row_that_the_snapshot_does_not_show_gets_a_tombstone_in_its_own_bytes() {
    // given
    rows.found(TOPIC, bytes("{\"company_id\":1}"), bytes("{}"));
    rows.found(TOPIC, bytes("{\"company_id\": 2}"), bytes("{}"));
    rows.found(TOPIC, bytes("{\"company_id\":3}"), bytes("{}"));
    rows.found(TOPIC, bytes("{\"company_id\":3}"), null);

    // when
    rows.shown(TOPIC, bytes("{\"company_id\":1}"));
    rows.shown("b2b.public.customers", bytes("{\"company_id\":2}"));

    // then
    assertThat(rows.tombstones())
        .singleElement()
        .satisfies(
            tombstone -> {
              assertThat(tombstone.topic()).isEqualTo(TOPIC);
              assertThat(tombstone.key()).asString().isEqualTo("{\"company_id\": 2}");
              assertThat(tombstone.value()).isNull();
            });
  }

  @Test
  void a_key_is_the_same_with_and_without_its_schema_and_in_any_order() {
    // given
    rows.found(
        TOPIC,
        bytes(
            "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"log_date\":18000,\"line_number\":7}}"),
        bytes("{}"));

    // when
    rows.shown(TOPIC, bytes("{\"line_number\":7,\"log_date\":18000}"));

    // then
    assertThat(rows.tombstones()).isEmpty();
  }

  @Test
  void what_is_no_rows_key_is_left_alone() {
    // given
    rows.found(TOPIC, null, bytes("{}"));
    rows.found(TOPIC, bytes("no json"), bytes("{}"));
    rows.found(TOPIC, bytes("[1]"), bytes("{}"));

    // when
    rows.shown(TOPIC, null);

    // then
    assertThat(rows.tombstones()).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
