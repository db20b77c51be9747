/** Tests of what a run decides and tells. */
package dev.changelake.compact.run;
