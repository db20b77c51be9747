package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.contract.TableContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
  private static final String LINE =
      "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"-\"";

  private final TableContract contract = GoldenRows.contract("weblogs");

  @Test
  void readsALine() throws Quarantine {
    // when
    Map<String, Object> row = parse(LINE);

    // then
    assertThat(row)
        .containsEntry("client_ip", "203.0.113.9")
        .containsEntry("user_name", "zoe7")
        .containsEntry("requested_at", Instant.parse("2020-06-22T08:15:30Z"))
        .containsEntry("method", "GET")
        .containsEntry("path", "/")
        .containsEntry("status", 200)
        .containsEntry("bytes", 5120L)
        .containsEntry("referer", null)
        .containsEntry("user_agent", null);
  }

  @Test
  void readsMonthsInEnglishWhateverTheLocale() throws Quarantine {
    // given
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.JAPAN);
    try {
      // when
      Map<String, Object> row = parse(LINE.replace("Jun", "Dec"));

      // then
      assertThat(row).containsEntry("requested_at", Instant.parse("2020-12-22T08:15:30Z"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "no log line at all",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"cut",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"a\"b\"",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"-\" x",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"-\"\r",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 2000 5120 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 -1 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [31/Jun/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [22/Jux/2020:10:15:30 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [22/Jun/0000:10:15:30 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [22/Jun/2020:25:15:30 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "203.0.113.9 - zoe7 [22/Jun/2020:10:15:30] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\""
      })
  void refusesABrokenLine(String line) {
    // when, then
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            Quarantine.class, refused -> assertThat(refused.text()).startsWith("broken_line: "));
  }

  @Test
  void leavesARequestThatIsNoneWithoutMethodAndPath() throws Quarantine {
    // when
    Map<String, Object> row = parse(LINE.replace("GET / HTTP/1.1", "\\x16\\x03\\x01"));

    // then
    assertThat(row).containsEntry("method", null).containsEntry("path", null);
  }

  @Test
  void resolvesEscapesInWhatClientsSend() throws Quarantine {
    // when
    Map<String, Object> row =
        parse(
            LINE.replace("zoe7", "zo\\xc3\\xab")
                .replace("GET /", "GET /a\\\"b")
                .replace("\"-\" \"-\"", "\"https://x/\\\\\" \"caf\\xc3\\xa9 \\\\\\\"\""));

    // then
    assertThat(row)
        .containsEntry("user_name", "zoë")
        .containsEntry("path", "/a\"b")
        .containsEntry("referer", "https://x/\\")
        .containsEntry("user_agent", "café \\\"");
  }

  @Test
  void takesAnEmptyUserAsNone() throws Quarantine {
    // when
    Map<String, Object> row = parse(LINE.replace("zoe7", "\"\""));

    // then
    assertThat(row).containsEntry("user_name", null);
  }

  @Test
  void readsALongLineWithoutAStackOverflow() throws Quarantine {
    // given
    String agent = "\\\"x".repeat(300_000);

    // when
    Map<String, Object> row = parse(LINE.substring(0, LINE.length() - 2) + agent + "\"");

    // then
    assertThat((String) row.get("user_agent")).hasSize(600_000);
  }

  private Map<String, Object> parse(String line) throws Quarantine {
    Object[] row = new Object[contract.columns().size()];
    row[0] = LocalDate.EPOCH;
    row[1] = 1L;
    row[2] = line;
    new LineParser(contract).parse(row);
    return GoldenRows.map(contract, row);
  }
}
