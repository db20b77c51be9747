package dev.changelake.compact.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a check can find.
 *
 * @param code its name for programs, in snake_case
 * @param why what it does to the tables
 * @param remedy what to set or to do
 */
public record HazardKind(Severity severity, String code, String why, String remedy) {
  private static final Pattern CODE = Pattern.compile("[a-z]+(_[a-z]+)*");

  public HazardKind {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(remedy, "remedy");
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("a code is snake_case, was " + code);
    }
  }

  static HazardKind error(String code, String why, String remedy) {
    return new HazardKind(Severity.ERROR, code, why, remedy);
  }

  static HazardKind warning(String code, String why, String remedy) {
    return new HazardKind(Severity.WARNING, code, why, remedy);
  }

  static HazardKind info(String code, String why, String remedy) {
    return new HazardKind(Severity.INFO, code, why, remedy);
  }

  /** The topic itself has the hazard. */
  Hazard of(TopicSample sample, String seen) {
    return hazard(sample, seen, 0, Optional.empty(), List.of());
  }

  /** A setting, a column or the like of the topic has the hazard. */
  Hazard of(TopicSample sample, String seen, Collection<String> names) {
    return hazard(sample, seen, 0, Optional.empty(), names);
  }

  /** Records have the hazard; nothing is told if there are none. */
  Optional<Hazard> in(TopicSample sample, List<SampledRecord> found, String seen) {
    return in(sample, found, seen, List.of());
  }

  Optional<Hazard> in(
      TopicSample sample, List<SampledRecord> found, String seen, Collection<String> names) {
    return found.stream()
        .findFirst()
        .map(
            first ->
                hazard(
                    sample,
                    "%d of %d records %s".formatted(found.size(), sample.records().size(), seen),
                    found.size(),
                    Optional.of(first.position()),
                    names));
  }

  private Hazard hazard(
      TopicSample sample,
      String seen,
      int records,
      Optional<String> example,
      Collection<String> names) {
    return new Hazard(
        this,
        sample.contract().table(),
        sample.contract().topic(),
        seen,
        records,
        example,
        List.copyOf(names));
  }
}
