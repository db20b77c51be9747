package dev.changelake.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A column of text that is taken apart at land into the contract's parsed columns. */
public record LineParse(String column, Format format) {
  public LineParse {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(format, "format");
  }

  /** The formats that can be taken apart. */
  public enum Format {
    /** Apache's Combined Log Format. */
    COMBINED_LOG(
        Map.of(
            "client_ip", "string",
            "user_name", "string",
            "requested_at", "timestamp",
            "method", "string",
            "path", "string",
            "status", "int",
            "bytes", "bigint",
            "referer", "string",
            "user_agent", "string"));

    private final Map<String, ColumnType> columns;

    Format(Map<String, String> columns) {
      this.columns =
          columns.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, entry -> ColumnType.parse(entry.getValue())));
    }

    /** The columns that a line in this format can fill, with their types. */
    public Map<String, ColumnType> columns() {
      return columns;
    }

    static Format fromCode(String code) {
      return Arrays.stream(values())
          .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(code))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("parse.format must be combined_log, was " + code));
    }
  }
}
