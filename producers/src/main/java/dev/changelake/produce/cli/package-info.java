/** Reads the command line, wires a run, shows its progress and result, and tells its failures. */
package dev.changelake.produce.cli;
