package dev.changelake.architecture;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.ColumnType;
import dev.changelake.contract.LineParse;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.QuarantineReason;
import dev.changelake.envelope.RecordStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README says what the code does. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void itsContractIsOne(@TempDir Path folder) throws IOException {
    // given
    String readme = Files.readString(README);
    int start = readme.indexOf("```json\n") + "```json\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    Files.writeString(folder.resolve("items.json"), example);

    // when
    TableContracts contracts = TableContracts.load(Optional.of(folder));

    // then
    assertThat(contracts.get("items").keyColumns()).hasSize(1);
  }

  @Test
  void itHasEveryStatusAndReason() throws IOException {
    // when
    String readme = Files.readString(README);

    // then
    for (RecordStatus status : RecordStatus.values()) {
      assertThat(readme).contains("| `" + status.code() + "` |");
    }
    for (QuarantineReason reason : QuarantineReason.values()) {
      assertThat(readme).contains("| `" + reason.code() + "` |");
    }
  }

  @Test
  void itHasEveryFieldOfALine() throws IOException {
    // when
    String readme = Files.readString(README);

    // then
    assertThat(LineParse.Format.COMBINED_LOG.columns().keySet())
        .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
  }

  @Test
  void theComplaintsOfOthersNameTestsThatAre() throws IOException {
    // given
    String complaints = Files.readString(Path.of("../docs/debezium.md"));
    Matcher tests =
        Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))\\.([A-Za-z_]+)`").matcher(complaints);

    // when, then
    assertThat(tests.results())
        .hasSizeGreaterThan(19)
        .allSatisfy(
            test ->
                assertThat(source(test.group(1)))
                    .as(test.group())
                    .contains(" void " + test.group(2) + "("));
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files =
        Files.find(
            Path.of(".."),
            20,
            (path, attributes) ->
                path.endsWith(test + ".java") && path.toString().contains("src/test/java"))) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }

  @Test
  void theFormsOfDebeziumNameTypesAndTestsThatAre() throws IOException {
    // given
    String forms = Files.readString(Path.of("../docs/debezium.md"));
    Matcher tests = Pattern.compile("`([A-Z][A-Za-z]+Test)`").matcher(forms);

    // when, then
    assertThat(tests.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(
            test ->
                assertThat(Path.of("src/test/java/dev/changelake/envelope", test + ".java"))
                    .exists());
    assertThat(Arrays.stream(ColumnType.Kind.values()).map(kind -> kind.name().toLowerCase(ROOT)))
        .allSatisfy(type -> assertThat(forms).containsPattern("`" + type + "[`(<]"));
  }
}
