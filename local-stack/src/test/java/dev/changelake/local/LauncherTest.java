package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/changelake} says by itself, before any module is built. */
class LauncherTest {
  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version"})
  void theVersionIsSaid(String argument) throws Exception {
    assertThat(run(0, argument))
        .matches("Changelake \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]+\\))?\\n");
  }

  @ParameterizedTest
  @CsvSource({"cluster-jars,--help", "cluster-jars,-h", "build,--help", "build,-h"})
  void itsOwnCommandsHelpInsteadOfDoing(String command, String help) throws Exception {
    assertThat(run(0, command, help)).startsWith("Usage: changelake " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "--help"})
  void helpNamesEachCommand(String argument) throws Exception {
    assertThat(run(0, argument)).contains("  restore <table>").contains("  --version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"comapct", "--verison"})
  void whatIsNoCommandIsRefused(String argument) throws Exception {
    assertThat(run(2, argument)).startsWith("error: there is no command '" + argument + "'");
  }

  private static String run(int exit, String... arguments)
      throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("bin/changelake"))) {
      root = root.getParent();
    }
    List<String> command = new ArrayList<>(List.of("bash", root + "/bin/changelake"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exit);
    return output;
  }
}
