/** The two sums that show that nothing was lost or doubled, from what the tables say themselves. */
package dev.changelake.compact.ledger;
