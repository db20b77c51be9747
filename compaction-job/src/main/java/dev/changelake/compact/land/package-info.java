/** Appends what happened to the change log: every record of the frozen ranges, decoded once. */
package dev.changelake.compact.land;
