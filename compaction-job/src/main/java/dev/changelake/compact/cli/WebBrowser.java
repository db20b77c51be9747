package dev.changelake.compact.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Opens a page for the user, where there is a display to show it on. */
final class WebBrowser {
  private WebBrowser() {}

  /** Opens the page if that is possible; its address was printed before. */
  static void open(URI page) {
    opener(System.getProperty("os.name"), System.getenv())
        .ifPresent(
            opener -> {
              try {
                new ProcessBuilder(opener, page.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
              } catch (IOException e) {
                // Without that command the user opens the address.
              }
            });
  }

  /** The command that opens addresses; empty if nobody would see it. */
  static Optional<String> opener(String system, Map<String, String> environment) {
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return Optional.of("open");
    }
    boolean display =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return display ? Optional.of("xdg-open") : Optional.empty();
  }
}
