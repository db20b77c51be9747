package dev.changelake.local.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making the environment, with a Python that only says what it is asked. */
class PythonEnvironmentTest {
  private static final String VERSION = "case \"$1\" in -c) echo 3.12;; esac\n";

  @TempDir private Path folder;
  private AirflowProject project;

  @BeforeEach
  void writesRequirements() throws IOException {
    project = new AirflowProject(folder.resolve("changelake"), folder);
    for (String name : new String[] {"", "-dev", "-installer"}) {
      Files.writeString(folder.resolve("requirements%s.txt".formatted(name)), "a==1\n");
    }
  }

  @Test
  void anEnvironmentIsMadeOnceAndAgainWhenItsRequirementsChange() throws Exception {
    // given: a Python whose environment has programs that do nothing
    PythonEnvironment environment =
        environment(
            VERSION
                + "if [ \"$1 $2\" = '-m venv' ]; then mkdir -p \"$4/bin\";"
                + " for p in python uv; do printf '#!/bin/sh\\n' > \"$4/bin/$p\";"
                + " chmod +x \"$4/bin/$p\"; done; fi\n");

    // then
    assertThat(environment.setUp()).isTrue();
    assertThat(environment.setUp()).isFalse();
    Files.writeString(folder.resolve("requirements.txt"), "a==2\n");
    assertThat(environment.setUp()).isTrue();
  }

  @Test
  void aFailureIsToldInTheProgramsOwnWordsAndTriedAgain() throws Exception {
    // given
    PythonEnvironment environment =
        environment(VERSION + "if [ \"$1\" = -m ]; then echo no index; exit 1; fi\n");

    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, environment::setUp);

    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.SOURCE);
    assertThat(failure.why()).contains("no index");
    assertThat(catchThrowableOfType(ChangelakeException.class, environment::setUp)).isNotNull();
  }

  @Test
  void withoutAFittingPythonItSaysWhichOnesItTried() throws Exception {
    // given
    PythonEnvironment environment = environment("exit 1\n");

    // when
    ChangelakeException failure =
        catchThrowableOfType(ChangelakeException.class, environment::setUp);

    // then
    assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE);
    assertThat(failure.why()).contains("3.10 to 3.13").contains(folder.resolve("py").toString());
    assertThat(failure.remedy()).contains("CHANGELAKE_PYTHON");
  }

  private PythonEnvironment environment(String script) throws IOException {
    Path python = folder.resolve("py");
    Files.writeString(python, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new PythonEnvironment(
        project,
        new PythonFinder(Map.of(PythonFinder.VARIABLE, python.toString())),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }
}
