/** Looks at a sample of the topics and tells what at the source makes tables wrong, or could. */
package dev.changelake.compact.doctor;
