package dev.changelake.compact.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a plan: its place in the chain and its revision, written {@code 00000007.002}. */
public record PlanName(long n, int revision) implements Comparable<PlanName> {
  /** Revisions a plan can have; a transaction's version is n times this, plus the revision. */
  public static final int REVISIONS = 1000;

  private static final Pattern TEXT = Pattern.compile("(\\d{8})\\.(\\d{3})");

  public PlanName {
    if (n < 1 || n > 99_999_999 || revision < 0 || revision >= REVISIONS) {
      throw new IllegalArgumentException(
          "A plan has a number from 1 and a revision from 0 to 999, was %d and %d"
              .formatted(n, revision));
    }
  }

  /** Reads a name as {@link #toString} writes it. */
  @JsonCreator
  public static PlanName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not the name of a plan: " + text);
    }
    return new PlanName(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The version of every Delta transaction of this plan. */
  public long transactionVersion() {
    return n * REVISIONS + revision;
  }

  public PlanName nextRevision() {
    return new PlanName(n, revision + 1);
  }

  @Override
  public int compareTo(PlanName other) {
    return Long.compare(transactionVersion(), other.transactionVersion());
  }

  @Override
  @JsonValue
  public String toString() {
    return String.format(Locale.ROOT, "%08d.%03d", n, revision);
  }
}
