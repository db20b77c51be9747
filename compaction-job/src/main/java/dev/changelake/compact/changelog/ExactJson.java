package dev.changelake.compact.changelog;

import static org.apache.spark.sql.functions.to_json;

import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Structs, arrays and maps as JSON, in which a time keeps its microseconds: Spark itself writes
 * milliseconds.
 */
public final class ExactJson {
  private static final String LOCAL = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS";
  private static final Map<String, String> OPTIONS =
      Map.of("timestampFormat", LOCAL + "XXX", "timestampNTZFormat", LOCAL);

  private ExactJson() {}

  public static Column of(Column value) {
    return to_json(value, OPTIONS);
  }
}
