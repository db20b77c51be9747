/** Tests of the sums. */
package dev.changelake.compact.ledger;
