package dev.changelake.produce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.TopicTally;
import dev.changelake.produce.run.RunResult;
import dev.changelake.produce.run.RunResult.WrittenFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultTextTest {
  private static final RunResult RESULT =
      new RunResult(
          2,
          "daily",
          RunResult.Status.WRITTEN,
          "2020-06-22",
          3,
          8,
          List.of(new TopicTally("b2b.public.leads", 4, Map.of("c", 2L, "d", 1L, "tombstone", 1L))),
          List.of(new WrittenFile("data/raw/2020-06-22/leadcsv.csv", 99)));

  @Test
  void people_get_one_line_a_topic_and_a_file() {
    assertThat(ResultText.plain(RESULT))
        .isEqualTo(
            """
            b2b.public.leads: 4 records (c 2, d 1, tombstone 1)
            data/raw/2020-06-22/leadcsv.csv: 99 bytes
            """);
  }

  @Test
  void machines_get_a_failure_in_the_form_of_all_results() {
    // given
    ChangelakeException failure =
        new ChangelakeException(ErrorCategory.SOURCE, "Problem.", "Why.", "Remedy.");

    // when
    String json = ResultText.json(Task.DAILY, failure);

    // then
    assertThat(json.replaceAll("\\s", ""))
        .isEqualTo(
            "{\"schemaVersion\":2,\"command\":\"daily\",\"failure\":{\"category\":\"source\","
                + "\"exitCode\":10,\"retryable\":true,\"problem\":\"Problem.\","
                + "\"why\":\"Why.\",\"remedy\":\"Remedy.\"}}");
  }

  @Test
  void machines_get_versioned_json() {
    assertThat(ResultText.json(RESULT).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"schemaVersion\":2,\"command\":\"daily\",\"status\":\"WRITTEN\",\"date\":\"2020-06-22\",\"seed\":3,"
                + "\"rows\":8,\"topics\":[{\"topic\":\"b2b.public.leads\",\"records\":4,"
                + "\"operations\":{\"c\":2,\"d\":1,\"tombstone\":1}}],"
                + "\"files\":[{\"path\":\"data/raw/2020-06-22/leadcsv.csv\",\"bytes\":99}]}");
  }
}
