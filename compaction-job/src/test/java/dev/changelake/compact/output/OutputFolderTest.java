package dev.changelake.compact.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.batch.Manifest;
import dev.changelake.compact.batch.Manifests;
import dev.changelake.compact.output.OutputFolder.PartNames;
import dev.changelake.compact.plan.InMemoryLakeFiles;
import dev.changelake.compact.result.Output.Outcome;
import dev.changelake.compact.store.SealedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputFolderTest {
  private static final String PATH = "data/final/report=r/2020-06-22";
  private static final String SUCCESS = PATH + "/_SUCCESS";

  private final InMemoryLakeFiles files = new InMemoryLakeFiles();
  private final OutputFolder folder = new OutputFolder(files, PATH);
  private final List<String> written = new ArrayList<>();

  @Test
  void writesPartsAndThenSaysWhichTheyAre() {
    // when
    Outcome outcome = publish(3, "a");

    // then
    assertThat(outcome).isEqualTo(Outcome.WRITTEN);
    assertThat(success().plan()).isEqualTo(manifest(3).plan());
    assertThat(success().files()).extracting(OutputPart::name).containsExactlyElementsOf(written);
    assertThat(files.list(PATH)).containsExactly("_SUCCESS", written.get(0));
    assertThat(content(written.get(0))).isEqualTo("rows of 3 a");
  }

  @Test
  void doesNothingTwice() {
    // given
    publish(3, "a");
    byte[] before = files.read(SUCCESS).orElseThrow();

    // when
    Outcome outcome = publish(3, "a");

    // then
    assertThat(outcome).isEqualTo(Outcome.UNCHANGED);
    assertThat(written).hasSize(1);
    assertThat(files.read(SUCCESS)).contains(before);
  }

  @Test
  void writesAgainWhatSomebodyRemoved() {
    // given
    publish(3, "a");
    files.delete(PATH + "/" + written.get(0));

    // when
    Outcome outcome = publish(3, "a");

    // then
    assertThat(outcome).isEqualTo(Outcome.WRITTEN);
    assertThat(written).hasSize(2);
    assertThat(written.get(1)).isEqualTo(written.get(0));
    assertThat(content(written.get(0))).isEqualTo("rows of 3 a");
  }

  @Test
  void keepsTheFilesOfAnEarlierBatchWithTheSameInputsUnderTheLaterBatchsName() {
    // given
    publish(3, "a");

    // when
    Outcome outcome = publish(4, "a");

    // then
    assertThat(outcome).isEqualTo(Outcome.UNCHANGED);
    assertThat(written).hasSize(1);
    assertThat(success().plan().n()).isEqualTo(4);
  }

  @Test
  void replacesTheFilesOfAnEarlierBatch() {
    // given
    publish(3, "a");

    // when
    Outcome outcome = publish(4, "b");

    // then
    assertThat(outcome).isEqualTo(Outcome.WRITTEN);
    assertThat(files.list(PATH)).containsExactly("_SUCCESS", written.get(1));
  }

  @Test
  void leavesTheFilesOfALaterBatchAlone() {
    // given
    publish(4, "b");

    // when
    Outcome outcome = publish(3, "a");

    // then
    assertThat(outcome).isEqualTo(Outcome.SUPERSEDED);
    assertThat(written).hasSize(1);
    assertThat(success().plan().n()).isEqualTo(4);
  }

  @Test
  void yieldsToALaterBatchThatCameWhileItWrote() {
    // when
    Outcome outcome =
        folder
            .publish(
                manifest(3),
                hash("a"),
                names -> {
                  List<OutputPart> parts = write(3, "a", names);
                  publish(4, "b");
                  return parts;
                })
            .outcome();

    // then
    assertThat(outcome).isEqualTo(Outcome.SUPERSEDED);
    assertThat(success().plan().n()).isEqualTo(4);
  }

  @Test
  void takesItsFilesAwayWhenALaterBatchHadPublishedBeforeTheyCame() {
    // when
    Outcome outcome =
        folder
            .publish(
                manifest(3),
                hash("a"),
                names -> {
                  publish(4, "b");
                  return write(3, "a", names);
                })
            .outcome();

    // then
    assertThat(outcome).isEqualTo(Outcome.SUPERSEDED);
    assertThat(success().plan().n()).isEqualTo(4);
    assertThat(files.list(folder.path()))
        .filteredOn(name -> !name.equals("_SUCCESS"))
        .isEqualTo(success().files().stream().map(OutputPart::name).toList());
  }

  @Test
  void keepsWhatALaterBatchIsJustWriting() {
    // given
    String underWay = new PartNames(manifest(4).plan(), hash("b")).name(0, "csv");

    // when
    folder.publish(
        manifest(3),
        hash("a"),
        names -> {
          files.put(PATH + "/" + underWay, new byte[0]);
          return write(3, "a", names);
        });

    // then
    assertThat(files.list(PATH)).contains(underWay);
  }

  @Test
  void leavesFilesAloneThatAreNotItsOwn() {
    // given
    files.put(PATH + "/notes.txt", new byte[0]);

    // when
    publish(3, "a");

    // then
    assertThat(files.list(PATH)).contains("notes.txt");
  }

  @Test
  void saysNothingOfAPublishThatWasKilledAndCleansUpAfterIt() {
    // given
    assertThatThrownBy(
            () ->
                folder.publish(
                    manifest(2),
                    hash("x"),
                    names -> {
                      write(2, "x", names);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThat(files.read(SUCCESS)).isEmpty();

    // when
    publish(3, "a");

    // then
    assertThat(files.list(PATH)).containsExactly("_SUCCESS", written.get(1));
  }

  private Outcome publish(long n, String inputs) {
    return folder.publish(manifest(n), hash(inputs), names -> write(n, inputs, names)).outcome();
  }

  private List<OutputPart> write(long n, String inputs, PartNames names) {
    byte[] content = "rows of %d %s".formatted(n, inputs).getBytes(StandardCharsets.UTF_8);
    String name = names.name(0, "csv");
    files.put(PATH + "/" + name, content);
    written.add(name);
    return List.of(new OutputPart(name, content.length, Inputs.sha256(content), 1));
  }

  private String content(String name) {
    return new String(files.read(PATH + "/" + name).orElseThrow(), StandardCharsets.UTF_8);
  }

  private PublishedFiles success() {
    return SealedJson.read(SUCCESS, files.read(SUCCESS).orElseThrow(), PublishedFiles.class);
  }

  private static Manifest manifest(long n) {
    return Manifests.of(n, "2020-06-22.b" + n, "2020-06-22", "2020-06-23T00:00:00Z");
  }

  private static String hash(String inputs) {
    return new Inputs().add("inputs", inputs).hash();
  }
}
