package dev.changelake.compact.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.compact.redshift.CopyFeed.FieldType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a COPY is read, and how its files are. */
class CopyCommandTest {
  private static final String START = "t FROM 's3://b/m' IAM_ROLE 'arn' ";

  @Test
  void allOptionsAreRead() throws Refusal {
    // when
    CopyCommand copy =
        parse(
            """
            s."T" (id, "Note") FROM 's3://bucket/some/manifest'
            MANIFEST GZIP FORMAT AS CSV NULL AS '\\N' DELIMITER ';' IGNOREHEADER 1 EMPTYASNULL
            TIMEFORMAT 'auto' DATEFORMAT AS 'auto' REGION 'eu-central-1' ENCODING UTF8
            COMPUPDATE OFF STATUPDATE ON MAXERROR 0 IAM_ROLE 'arn:aws:iam::1:role/r'""");

    // then
    assertThat(copy)
        .isEqualTo(
            new CopyCommand(
                "\"s\".\"t\"",
                List.of("id", "note"),
                URI.create("s3://bucket/some/manifest"),
                "arn:aws:iam::1:role/r",
                CopyCommand.Format.CSV,
                Optional.of("eu-central-1"),
                true,
                true,
                true,
                "\\N",
                ';',
                1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CSV FASTER|42601|syntax error at or near "FASTER"
          CSV 'x'|42601|syntax error at or near "'x'"
          MANIFEST|0A000|The stand-in does not imitate COPY without FORMAT AS CSV
          CSV MAXERROR 5|0A000|The stand-in does not imitate MAXERROR 5
          CSV TRUNCATECOLUMNS|0A000|The stand-in does not imitate COPY's option truncatecolumns
          FORMAT AS ORC|0A000|The stand-in does not imitate COPY's option orc
          CSV ACCESS_KEY_ID 'a' SECRET_ACCESS_KEY 'b'|0A000|The stand-in takes roles alone, no keys
          CSV CREDENTIALS 'aws_iam_role=arn'|0A000|The stand-in takes roles alone, no keys
          CSV DELIMITER 'ab'|42601|COPY delimiter must be a single character
          """)
  void otherOptionsAreRefused(String options, String state, String message) {
    // when
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> parse(START + options));

    // then
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.message().fields()).containsEntry('C', state);
  }

  @Test
  void nullIsTheTextGivenAndWhatIsEmptyUnlessItIsAText() throws Exception {
    assertThat(
            lines(
                parse(START + "CSV"), "\\N,\\N,\\N\n\"\\N\",\"\\N\",\"\\N\"\n,,\n\"\",\"\",\"\"\n"))
        .containsExactly("\\N\t\\N\t\\N\n", "\\N\t\\N\t\\N\n", "\t\\N\t\\N\n", "\t\\N\t\\N\n");
    assertThat(lines(parse(START + "CSV EMPTYASNULL NULL AS '-'"), "-,-,-\n,,\n\"\",\"\",\"\"\n"))
        .containsOnly("\\N\t\\N\t\\N\n");
  }

  @Test
  void quotesBreaksAndBackslashesStay() throws Exception {
    assertThat(lines(parse(START + "CSV"), "\"a \"\"b\"\", c\nd\\e\tf\",1,00ff\r\n"))
        .containsExactly("a \"b\", c\\nd\\\\e\\tf\t1\t\\\\x00ff\n");
  }

  @Test
  void headersAreLeftOut() throws Exception {
    assertThat(lines(parse(START + "CSV IGNOREHEADER 1"), "a,b,c\n x ,1,00\n"))
        .containsExactly(" x \t1\t\\\\x00\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,1|f, line 1: Delimiter not found
          a,1,00,b|f, line 1: Extra column(s) found
          "a,1,00|f, line 1: Invalid quote formatting for CSV
          """,
      quoteCharacter = '`')
  void fieldsThatDoNotFitFail(String line, String reason) {
    // when
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> lines(parse(START + "CSV"), line + "\n"));

    // then
    assertThat(refusal)
        .hasMessage(
            "Load into table 't' failed.  Check 'stl_load_errors' system table for details.");
    assertThat(refusal.message().fields()).containsEntry('D', reason);
  }

  private static List<String> lines(CopyCommand copy, String csv) throws Refusal, IOException {
    List<String> lines = new ArrayList<>();
    CopyFeed feed = new CopyFeed(copy, List.of(FieldType.TEXT, FieldType.OTHER, FieldType.BINARY));
    feed.feed(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "f", lines::add);
    return lines;
  }

  private static CopyCommand parse(String sql) throws Refusal {
    return CopyCommand.parse(new SqlReader(sql, SqlToken.of(sql)));
  }
}
