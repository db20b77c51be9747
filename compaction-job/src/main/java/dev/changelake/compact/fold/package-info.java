/** Finds the newest state of each key in a batch, and what the tables have to do for it. */
package dev.changelake.compact.fold;
