package dev.changelake.compact.dashboard;

import dev.changelake.compact.output.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/** The files that pages are made of: templates, style, scripts, and the chart library. */
final class PageFiles {
  private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/";
  private static final String LIBRARY_VERSION =
      "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

  private PageFiles() {}

  /** A file of this package. */
  static String own(String name) {
    return text("/dev/changelake/compact/dashboard/" + name);
  }

  /** The chart library's script, with its licence at its head. */
  static String chartLibrary() {
    String folder = LIBRARY + libraryVersion() + "/";
    // A browser's tools would ask for the map.
    String script =
        text(folder + "dist/chart.umd.min.js").replaceAll("//# sourceMappingURL=.*", "");
    return "/*!\n" + text(folder + "LICENSE.md").strip() + "\n*/\n" + script.strip() + "\n";
  }

  /** A text's hash as a Content-Security-Policy names it. */
  static String policyHash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** A hash of all files, which changes with what they would make of the same batch. */
  static String hash() {
    Inputs all = new Inputs();
    for (String name : new String[] {"page.html", "index.html", "style.css", "charts.js"}) {
      all.add(name, own(name));
    }
    return all.add("charts", chartLibrary()).hash();
  }

  private static String libraryVersion() {
    Properties properties = new Properties();
    try (InputStream in = open(LIBRARY_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = PageFiles.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not on the class path");
    }
    return in;
  }
}
