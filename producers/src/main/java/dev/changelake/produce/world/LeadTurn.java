package dev.changelake.produce.world;

/** What can happen to a lead after its creation. */
public enum LeadTurn {
  /** It stops being a sale. */
  UNSOLD,
  /** It becomes a sale, with a new order. */
  SOLD,
  /** It gets another order. */
  REORDERED,
  DELETED
}
