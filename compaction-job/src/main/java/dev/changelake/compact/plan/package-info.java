/** Decides which offsets belong to a batch and freezes them; touches no data. */
package dev.changelake.compact.plan;
