/** Gives a batch's tables to others: dated snapshots, and the warehouse. */
package dev.changelake.compact.publish;
