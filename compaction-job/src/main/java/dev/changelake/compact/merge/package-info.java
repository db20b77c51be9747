/** Applies a fold to its Delta table, by one MERGE a plan. */
package dev.changelake.compact.merge;
