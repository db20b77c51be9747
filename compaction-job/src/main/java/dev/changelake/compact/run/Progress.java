package dev.changelake.compact.run;

/** Is told how far a run is. */
public interface Progress {
  /** The steps of a run, in order. */
  enum Step {
    PLANNED,
    LANDED,
    MERGED,
    /** All tables are merged; the manifest is not written yet. */
    BEFORE_MANIFEST,
    FINISHED
  }

  /** A batch begins, or goes on, with so many steps ahead. */
  void begins(String batch, int steps);

  /**
   * A step is done.
   *
   * @param subject the table or batch that it was about
   * @param detail a few words for people
   */
  void done(Step step, String subject, String detail);
}
