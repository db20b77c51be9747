/** The lake of a configuration, opened: its plans, batches, results and files. */
package dev.changelake.compact.lake;
