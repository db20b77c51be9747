/** Reads the lake as of a batch, for people. */
package dev.changelake.compact.query;
