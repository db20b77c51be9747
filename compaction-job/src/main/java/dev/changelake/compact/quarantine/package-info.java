/** The records that were not applied, derived from the change log and kept nowhere else. */
package dev.changelake.compact.quarantine;
