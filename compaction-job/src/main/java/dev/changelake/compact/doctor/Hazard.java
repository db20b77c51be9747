package dev.changelake.compact.doctor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found of a table's topic; it never holds a cell or a key.
 *
 * @param seen what was seen, in a sentence without its full stop
 * @param records how many records of the sample have it; 0 if it is not about records
 * @param example partition and offset of the first of them
 * @param names the columns or settings that it is about
 */
public record Hazard(
    @JsonUnwrapped HazardKind kind,
    String table,
    String topic,
    String seen,
    int records,
    Optional<String> example,
    List<String> names) {
  public Hazard {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(seen, "seen");
    names = List.copyOf(names);
    if ((records > 0) != example.isPresent()) {
      throw new IllegalArgumentException("Exactly a hazard of records has an example");
    }
  }
}
