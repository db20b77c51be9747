package dev.changelake.compact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WebBrowserTest {
  @Test
  void aPageIsOpenedWhereSomebodySeesIt() {
    assertThat(WebBrowser.opener("Linux", Map.of())).isEmpty();
    assertThat(WebBrowser.opener("Linux", Map.of("DISPLAY", ":0"))).contains("xdg-open");
    assertThat(WebBrowser.opener("Linux", Map.of("WAYLAND_DISPLAY", "w"))).contains("xdg-open");
    assertThat(WebBrowser.opener("Mac OS X", Map.of())).contains("open");
  }
}
