/** The commands of the main job: parse, wire, print, exit. */
package dev.changelake.compact.cli;
