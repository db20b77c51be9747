package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeblogDayTest {
  private static final int ROWS = 2000;
  private static final LocalDate DAY = LocalDate.of(2020, 6, 22);
  private static final Pattern COMBINED =
      Pattern.compile(
          "\\d{1,3}(\\.\\d{1,3}){3} - ([a-z]+\\.[a-z]+\\d+)"
              + " \\[22/Jun/2020:\\d{2}:\\d{2}:\\d{2} \\+0000]"
              + " \"(GET|POST|HEAD) /[^\" ]* HTTP/1\\.1\" \\d{3} (\\d+|-) \"[^\" ]+\" \"[^\"]+\"");
  private static final World WORLD =
      new World(new WorldParameters(1, 5000, LocalDate.of(2020, 6, 21)));
  private static final WeblogDay WEBLOGS = WORLD.weblogDay(DAY, ROWS);

  @Test
  void lines_are_in_combined_log_format_and_numbered_from_one() {
    // when
    List<LogLine> lines = lines();

    // then
    assertThat(lines).allMatch(line -> COMBINED.matcher(line.line()).matches());
    assertThat(lines)
        .extracting(LogLine::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).mapToObj(Long::valueOf).toList());
  }

  @Test
  void lines_are_sorted_by_time() {
    // when
    List<String> times = lines().stream().map(line -> line.line().split("[\\[\\]]")[1]).toList();

    // then
    assertThat(times).isSorted();
    assertThat(IntStream.range(0, ROWS).mapToObj(WEBLOGS::at)).isSorted();
  }

  @Test
  void users_are_customers() {
    // given
    Map<String, Customer> customers =
        IntStream.rangeClosed(1, 5000)
            .mapToObj(id -> WORLD.customers().get(id))
            .collect(Collectors.toMap(Customer::userName, Function.identity()));

    // when
    List<String> users = lines().stream().map(WeblogDayTest::user).toList();

    // then
    assertThat(customers.keySet()).containsAll(users);
  }

  @Test
  void some_lines_are_equal() {
    // when
    long distinct = lines().stream().map(LogLine::line).distinct().count();

    // then
    assertThat(distinct).isBetween(ROWS - 60L, ROWS - 1L);
  }

  @Test
  void months_have_their_english_names() {
    assertThat(LogTime.format(Instant.parse("2021-09-03T04:05:06.789Z")))
        .isEqualTo("03/Sep/2021:04:05:06 +0000");
  }

  private static List<LogLine> lines() {
    return IntStream.range(0, ROWS).mapToObj(WEBLOGS::line).toList();
  }

  private static String user(LogLine line) {
    Matcher matcher = COMBINED.matcher(line.line());
    assertThat(matcher.matches()).isTrue();
    return matcher.group(2);
  }
}
