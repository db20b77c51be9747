package dev.changelake.contract;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How a column is worked out at land from another column of its row.
 *
 * @param by what is told of the other column's value
 * @param from the name of the other column
 */
public record Computed(Computation by, String from) {
  public Computed {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(from, "from");
  }

  /** What can be told of a value by data that Changelake brings. All are strings. */
  public enum Computation {
    /** The ISO 3166 alpha-2 code of an IP address's country; null where it is not known. */
    COUNTRY("country"),
    /** Which country database told, and of which day it is. */
    COUNTRY_DATA("country_data"),
    /** The name of the device that a user agent belongs to. */
    DEVICE("device"),
    /** Which version of the device catalogue told. */
    DEVICE_DATA("device_data");

    private final String code;

    Computation(String code) {
      this.code = code;
    }

    /** The name in contract files. */
    public String code() {
      return code;
    }

    static Computation fromCode(String code) {
      return Arrays.stream(values())
          .filter(computation -> computation.code.equals(code))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "must be one of %s, was %s"
                          .formatted(
                              Arrays.stream(values())
                                  .map(Computation::code)
                                  .collect(Collectors.joining(", ")),
                              code)));
    }
  }
}
