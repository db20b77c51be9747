package dev.changelake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEscapesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "\\\"|\"",
        "\\\\|\\",
        // A backslash and then a quote: replacing one after the other gets these wrong.
        "\\\\\\\"|\\\"",
        "\\\\\\\\\\\"|\\\\\"",
        "\\\\\"|\\\"",
        "\\\\n|\\n",
        "\\\\xc3\\\\xa9|\\xc3\\xa9",
        "caf\\xc3\\xa9|café",
        "\\xE2\\x82\\xAC\\x22|€\"",
        "\\xf0\\x9f\\x98\\x80|😀",
        // Not UTF-8, cut off, the byte zero, and what no server writes: as it stands.
        "\\xe9t\\xe9|\\xe9t\\xe9",
        "\\xed\\xa0\\x80|\\xed\\xa0\\x80",
        "\\xc3|\\xc3",
        "\\x4|\\x4",
        "\\xzz|\\xzz",
        "\\x00|\\x00",
        "\\q|\\q",
        "end\\|end\\"
      })
  void resolves(String written, String meant) {
    // when, then
    assertThat(LogEscapes.resolve(written)).isEqualTo(meant);
  }

  @Test
  void resolvesControlCharacters() {
    // when, then
    assertThat(LogEscapes.resolve("a\\tb\\nc\\rd\\be\\vf")).isEqualTo("a\tb\nc\rd\be\u000Bf");
    assertThat(LogEscapes.resolve("\\x1b[0m")).isEqualTo("\u001b[0m");
  }
}
