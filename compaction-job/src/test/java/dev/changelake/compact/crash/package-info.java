/** Kills, races and repeats runs, and requires that the lake does not show it. */
package dev.changelake.compact.crash;
