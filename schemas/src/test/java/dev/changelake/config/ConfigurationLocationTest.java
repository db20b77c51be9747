package dev.changelake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationLocationTest {
  private static final Map<String, String> BOTH =
      Map.of("CHANGELAKE_CONFIG", "env.json", "CHANGELAKE_DIR", "stack");

  @Test
  void theOptionComesFirst() {
    // when, then
    assertThat(ConfigurationLocation.file(Optional.of(Path.of("given.json")), BOTH))
        .isEqualTo(Path.of("given.json"));
    assertThat(ConfigurationLocation.directory(Optional.of(Path.of("given")), BOTH))
        .isEqualTo(Path.of("given"));
  }

  @Test
  void thenTheVariableOfTheFile() {
    // when, then
    assertThat(ConfigurationLocation.file(Optional.empty(), BOTH)).isEqualTo(Path.of("env.json"));
  }

  @Test
  void thenTheVariableOfTheFolder() {
    // given
    Map<String, String> environment = Map.of("CHANGELAKE_CONFIG", "", "CHANGELAKE_DIR", "stack");

    // when, then
    assertThat(ConfigurationLocation.file(Optional.empty(), environment))
        .isEqualTo(Path.of("stack/stack.json"));
    assertThat(ConfigurationLocation.directory(Optional.empty(), environment))
        .isEqualTo(Path.of("stack"));
  }

  @Test
  void thenTheLocalStack() {
    // when, then
    assertThat(ConfigurationLocation.file(Optional.empty(), Map.of()))
        .isEqualTo(Path.of(".changelake/stack.json"));
    assertThat(ConfigurationLocation.directory(Optional.empty(), Map.of("CHANGELAKE_DIR", "")))
        .isEqualTo(Path.of(".changelake"));
  }
}
