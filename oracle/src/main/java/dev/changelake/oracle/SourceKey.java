package dev.changelake.oracle;

import java.util.List;
import java.util.StringJoiner;

/** A row of a source table: who owns what in the lake. */
record SourceKey(SourceTable source, List<Object> key) {

  /** The key as {@code _source_key} shows it; only tables with bigint keys feed orders. */
  String json() {
    StringJoiner fields = new StringJoiner(",", "{", "}");
    for (int i = 0; i < key.size(); i++) {
      fields.add("\"" + source.key().get(i) + "\":" + key.get(i));
    }
    return fields.toString();
  }
}
