package dev.changelake.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the table that only grows, by hand. */
class WeblogsRulesTest {

  private static final String FULL =
      "10.1.2.3 - ada [04/Oct/2024:10:11:12 +0200] \"GET /x?y=1 HTTP/1.1\" 200 512"
          + " \"https://example.com/\" \"curl/8\"";
  private static final String BARE = "::1 - - [04/Oct/2024:10:11:12 +0000] \"-\" 408 - \"-\" \"-\"";

  private final Oracle oracle = new Oracle();
  private final Records log = new Records();

  @Test
  void a_line_is_taken_apart() {
    log.weblog("c", 1, FULL);

    oracle.apply(3, log.take());

    Map<String, Object> expected = new TreeMap<>();
    expected.put("log_date", LocalDate.of(2024, 10, 4));
    expected.put("line_number", 1L);
    expected.put("client_ip", "10.1.2.3");
    expected.put("user_name", "ada");
    expected.put("requested_at", Instant.parse("2024-10-04T08:11:12Z"));
    expected.put("method", "GET");
    expected.put("path", "/x?y=1");
    expected.put("status", 200);
    expected.put("bytes", 512L);
    expected.put("referer", "https://example.com/");
    expected.put("user_agent", "curl/8");
    expected.put("_topic", "b2b.public.weblogs");
    expected.put("_partition", 0);
    expected.put("_offset", 0L);
    expected.put("_lsn", 5L);
    expected.put("_source_ts_ms", null);
    expected.put("_unavailable", null);
    expected.put("_n", 3L);
    assertThat(oracle.rows("weblogs")).isEqualTo(Map.of("2024-10-04/1", expected));
  }

  @Test
  void a_line_that_is_left_out_is_quarantined() {
    log.weblog("c", 1, "__debezium_unavailable_value");

    oracle.apply(3, log.take());

    assertThat(oracle.rows("weblogs")).isEmpty();
    assertThat(oracle.state().quarantined("weblogs")).hasSize(1);
  }

  @Test
  void a_line_may_be_given_columns_when_it_is_stored() {
    Oracle withLength =
        new Oracle(
            cells -> {
              SortedMap<String, Object> more = new TreeMap<>(cells);
              more.put("agent_length", ((String) cells.get("user_agent")).length());
              return more;
            });
    log.weblog("c", 1, FULL).company("c", 1, 7L, "Acme");

    withLength.apply(3, log.take());

    assertThat(withLength.rows("weblogs").get("2024-10-04/1"))
        .containsEntry("agent_length", 6)
        .containsEntry("client_ip", "10.1.2.3");
    assertThat(withLength.rows("companies").get("1")).doesNotContainKey("agent_length");
  }

  @Test
  void a_dash_is_null() {
    log.weblog("r", 1, BARE);

    oracle.apply(1, log.take());

    assertThat(oracle.rows("weblogs").get("2024-10-04/1"))
        .containsEntry("user_name", null)
        .containsEntry("method", null)
        .containsEntry("path", null)
        .containsEntry("bytes", null)
        .containsEntry("referer", null)
        .containsEntry("user_agent", null);
  }

  @Test
  void the_first_line_of_a_key_stays_for_good() {
    log.weblog("c", 1, FULL).weblog("c", 1, BARE).raw("weblogs", Records.weblogKey(1), null);
    OracleLedger first = oracle.apply(1, log.take()).ledger("weblogs");
    log.weblog("r", 1, BARE).weblog("c", 2, FULL);

    OracleLedger second = oracle.apply(2, log.take()).ledger("weblogs");

    assertThat(oracle.rows("weblogs").get("2024-10-04/1")).containsEntry("status", 200);
    assertThat(first)
        .isEqualTo(
            new OracleLedger("weblogs", 3, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    assertThat(second)
        .isEqualTo(
            new OracleLedger("weblogs", 2, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
  }

  static List<Arguments> escapes() {
    return List.of(
        Arguments.of("a \\\"b\\\" \\\\ c", "a \"b\" \\ c"),
        Arguments.of("\\b\\n\\r\\t\\v", "\b\n\r\t\013"),
        Arguments.of("\\xc3\\xB6 \\xe2\\x82\\xac", "ö €"),
        Arguments.of("\\xff\\xc3\\xb6", "\\xff\\xc3\\xb6"),
        Arguments.of("\\x00\\xc3\\xb6", "\\x00ö"),
        Arguments.of("\\\\x41 \\x4 \\q", "\\x41 \\x4 \\q"));
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void escapes_that_servers_write_are_resolved(String written, String meant) {
    log.weblog("c", 1, FULL.replace("curl/8", written));

    oracle.apply(1, log.take());

    assertThat(oracle.rows("weblogs").get("2024-10-04/1")).containsEntry("user_agent", meant);
  }

  @Test
  void escapes_stand_in_requests_and_users_too() {
    log.weblog("c", 1, FULL.replace("ada", "\\xc3\\xb6").replace("GET /x", "G\\x45T /\\x20"));
    log.weblog("c", 2, FULL.replace("ada", "\"\""));

    oracle.apply(1, log.take());

    assertThat(oracle.rows("weblogs").get("2024-10-04/1"))
        .containsEntry("user_name", "ö")
        .containsEntry("method", "GET")
        .containsEntry("path", "/ ?y=1");
    assertThat(oracle.rows("weblogs").get("2024-10-04/2")).containsEntry("user_name", null);
  }

  @Test
  void updates_deletes_and_other_lines_are_refused() {
    log.weblog("u", 1, FULL).weblog("c", 1, "GET / 200");
    log.change("weblogs", "d", Records.weblogKey(1), 5L, "null");
    log.weblog("c", 1, FULL.replace("Oct", "Okt")).weblog("c", 1, FULL + " more");

    OracleLedger ledger = oracle.apply(1, log.take()).ledger("weblogs");

    assertThat(oracle.rows("weblogs")).isEmpty();
    assertThat(ledger.quarantined()).isEqualTo(5);
  }
}
