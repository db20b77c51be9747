package dev.changelake.oracle.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** How databases order texts without a collation; Java's own order differs beyond U+FFFF. */
final class TextOrder {

  static final Comparator<String> BY_CODE_POINT =
      Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private TextOrder() {}
}
