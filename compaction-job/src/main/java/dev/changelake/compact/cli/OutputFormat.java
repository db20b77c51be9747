package dev.changelake.compact.cli;

/** The forms in which rows are printed. */
enum OutputFormat {
  TABLE,
  CSV,
  JSON
}
