/** Reports: SQL on the tables as of a batch, written as CSV. */
package dev.changelake.compact.report;
