package dev.changelake.produce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class S3SettingsTest {
  @Test
  void settings_are_read_under_hadoops_names() {
    // when
    S3Settings settings =
        S3Settings.of(
            Map.of(
                "fs.s3a.endpoint", "127.0.0.1:9000",
                "fs.s3a.endpoint.region", "eu-west-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.access.key", "reader",
                "fs.s3a.secret.key", "hidden"));

    // then
    assertThat(settings.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(settings.region()).contains("eu-west-1");
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings.toString()).doesNotContain("reader").doesNotContain("hidden");
  }

  @Test
  void without_settings_it_is_aws_itself() {
    // when
    S3Settings settings = S3Settings.of(Map.of());

    // then
    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.accessKey()).isEmpty();
    assertThat(settings.pathStyle()).isFalse();
  }

  @Test
  void half_a_pair_of_keys_is_refused() {
    assertThatThrownBy(() -> S3Settings.of(Map.of("fs.s3a.access.key", "reader")))
        .hasMessage("fs.s3a.access.key and fs.s3a.secret.key must be given together");
  }
}
