/** Tests of the end of a batch between transactions, on topics that are made up. */
package dev.changelake.compact.align;
