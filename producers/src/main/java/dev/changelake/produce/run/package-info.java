/** Runs one task from the check of its parameters to the last acknowledgement. */
package dev.changelake.produce.run;
