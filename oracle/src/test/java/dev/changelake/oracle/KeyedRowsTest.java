package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyedRowsTest {

  private static SortedMap<String, Object> row(long id, long line, String text) {
    return new TreeMap<>(Map.of("id", id, "line", line, "text", text, "_n", 3L));
  }

  @Test
  void rows_are_named_by_their_keys_and_none_is_lost() {
    assertThat(
            KeyedRows.of(
                List.of("line", "id"), List.of(row(2, 1, "a"), row(2, 1, "b"), row(3, 1, "c"))))
        .isEqualTo(
            Map.of("1/2", row(2, 1, "a"), "1/2 (copy 2)", row(2, 1, "b"), "1/3", row(3, 1, "c")));
  }

  @Test
  void a_key_column_must_be_there() {
    assertThatThrownBy(() -> KeyedRows.of(List.of("key"), List.of(row(1, 1, "a"))))
        .hasMessage("A row has no key column key, but [_n, id, line, text]");
  }

  @Test
  void what_the_lake_adds_for_itself_is_not_published() {
    assertThat(KeyedRows.published(new TreeMap<>(Map.of("1", row(1, 2, "a")))))
        .isEqualTo(Map.of("1", Map.of("id", 1L, "line", 2L, "text", "a")));
  }
}
