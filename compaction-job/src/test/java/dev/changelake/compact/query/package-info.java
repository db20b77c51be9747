/** Tests of reading the lake as of a batch. */
package dev.changelake.compact.query;
