/** Runs the job in this JVM on a real broker and store, with trouble made on purpose. */
package dev.changelake.compact.source;
