package dev.changelake.produce.store;

import dev.changelake.produce.world.WorldParameters;
import java.util.Objects;

/**
 * The start of a lake's platform.
 *
 * @param world what all its rows follow from
 * @param into where its changes are written
 */
public record Start(WorldParameters world, Destination into) {
  public Start {
    Objects.requireNonNull(world, "world");
    Objects.requireNonNull(into, "into");
  }
}
