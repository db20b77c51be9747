package dev.changelake.compact.doctor;

import java.util.List;

/** Looks at what was read of a topic for hazards of some kinds; reads nothing itself. */
interface Check {
  /** All that it can find. */
  List<HazardKind> kinds();

  /** What it finds. */
  List<Hazard> look(TopicSample sample);
}
