package dev.changelake.compact.order;

import java.util.Objects;
import java.util.Set;

/**
 * A row of the target as far as it is known.
 *
 * @param cells the values in the order of the target's columns
 * @param unknown positions of cells that were left out because they did not change; null there
 * @param membership whether the record is a row of the target
 */
public record Image(Object[] cells, Set<Integer> unknown, Membership membership) {
  /** A feed's record is a row of the target while its conditions hold. */
  public enum Membership {
    ROW,
    NO_ROW,
    /** A condition asks for a value that was left out. */
    UNKNOWN
  }

  public Image {
    Objects.requireNonNull(cells, "cells");
    Objects.requireNonNull(membership, "membership");
    unknown = Set.copyOf(unknown);
  }

  /** A row of which each cell is known. */
  public static Image of(Object... cells) {
    return new Image(cells, Set.of(), Membership.ROW);
  }
}
