/** The main job against the oracle: whole histories, repeated runs, and the mock platform. */
package dev.changelake.compact.history;
