package dev.changelake.oracle;

import java.util.List;
import java.util.stream.Collectors;

/** How rows are named in snapshots and differences: the key's values, joined by a slash. */
final class RowKey {

  private RowKey() {}

  static String of(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining("/"));
  }
}
