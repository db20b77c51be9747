package dev.changelake.compact.doctor;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Names that records bring: what does not look like one could be a value, and is not shown. */
final class Names {
  private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_.-]{1,100}");
  private static final int SHOWN = 10;

  private Names() {}

  /** The first few that look like names. */
  static List<String> shown(Collection<String> names) {
    return names.stream().filter(name -> NAME.matcher(name).matches()).limit(SHOWN).toList();
  }

  /** Names in a sentence. */
  static String list(Collection<String> names) {
    return names.isEmpty() ? "names that cannot be shown" : String.join(", ", names);
  }
}
