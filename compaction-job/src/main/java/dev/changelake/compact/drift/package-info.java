/** What the source's columns have become since the contract was written, and what follows. */
package dev.changelake.compact.drift;
