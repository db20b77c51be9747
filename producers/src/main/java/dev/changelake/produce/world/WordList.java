package dev.changelake.produce.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a resource beside this class, without comments. */
record WordList(List<String> words) {
  WordList {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a word list must not be empty");
    }
  }

  static WordList read(String resource) {
    try (InputStream stream = WordList.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new WordList(
          text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String pick(Draws draws) {
    return words.get((int) draws.below(words.size()));
  }

  /** Prefers the words at the beginning of the list. */
  String pickEarly(Draws draws) {
    return words.get((int) Math.min(draws.below(words.size()), draws.below(words.size())));
  }
}
