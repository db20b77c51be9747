/** A stand-in for Amazon Redshift that its real driver connects to, in front of PostgreSQL. */
package dev.changelake.compact.redshift;
