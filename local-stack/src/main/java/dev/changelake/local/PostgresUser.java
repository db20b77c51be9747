package dev.changelake.local;

import com.sun.security.auth.module.UnixSystem;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as, since it refuses to run as root.
 *
 * <p>Root's commands run as the owner of PostgreSQL's folder, which is `nobody` when root created
 * it. That user may not pass the stack's folder (mode 0700), nor perhaps the folders above it, so
 * it is given the capability to ignore modes. The security bit makes {@code access(2)}, by which
 * PostgreSQL looks for its programs, respect the capability too.
 */
record PostgresUser(List<String> prefix) {
  private static final long ROOT = 0;
  private static final int NOBODY = 65534;

  /** The user for PostgreSQL's folder, which is created when it is not there. */
  static PostgresUser of(Path folder) throws IOException {
    return of(folder, new UnixSystem().getUid(), System.getenv().getOrDefault("PATH", ""));
  }

  static PostgresUser of(Path folder, long uid, String searchPath) throws IOException {
    Files.createDirectories(folder);
    if (uid != ROOT) {
      return new PostgresUser(List.of());
    }
    Path setpriv =
        Stream.of(searchPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry, "setpriv"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> refused("The program setpriv, of util-linux, is not there."));
    if (owner(folder, "uid") == ROOT) {
      giveAway(folder);
    }
    return new PostgresUser(
        List.of(
            setpriv.toString(),
            "--reuid=" + owner(folder, "uid"),
            "--regid=" + owner(folder, "gid"),
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup"));
  }

  /** A process of this user, which hears nothing of the caller's own PostgreSQL settings. */
  ProcessBuilder process(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
    return builder;
  }

  /** What to tell when the user's first program fails, which is where root's rights show. */
  ChangelakeException failed(String why) {
    return prefix.isEmpty()
        ? new ChangelakeException(
            ErrorCategory.SOURCE,
            "PostgreSQL's data could not be created.",
            why,
            "Correct what it names, then try again.")
        : refused(why);
  }

  private static void giveAway(Path folder) {
    try {
      Files.setAttribute(folder, "unix:uid", NOBODY);
      Files.setAttribute(folder, "unix:gid", NOBODY);
    } catch (IOException e) {
      throw refused("%s cannot be given to another user: %s.".formatted(folder, e)).causedBy(e);
    }
  }

  private static int owner(Path folder, String of) throws IOException {
    return (int) Files.getAttribute(folder, "unix:" + of);
  }

  private static ChangelakeException refused(String why) {
    return new ChangelakeException(
        ErrorCategory.USAGE,
        "PostgreSQL cannot be started by root here.",
        why,
        "Start the stack as an ordinary user; or give root `setpriv` and the capabilities"
            + " SETUID, SETGID, SETPCAP, DAC_OVERRIDE, CHOWN and KILL.");
  }
}
