package dev.changelake.produce.run;

/** Shows how far a run has come. */
public interface Progress {
  /** Begins a stage of so many steps. */
  Stage begin(String name, long steps);

  /** A stage of a run; it ends when it is closed. */
  interface Stage extends AutoCloseable {
    void step();

    @Override
    void close();
  }
}
