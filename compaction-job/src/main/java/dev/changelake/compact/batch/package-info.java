/** Batches by their names: which version of every table belongs to which batch. */
package dev.changelake.compact.batch;
