package dev.changelake.produce.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the columns of a row; unlike {@code Map.of} it takes null and keeps the order. */
final class Columns {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Columns with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(values);
  }
}
