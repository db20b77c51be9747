/** Expectations that follow from the contracts, held against the tables as of a batch. */
package dev.changelake.compact.expectation;
