/** Tests of what the lake asks of its Delta tables. */
package dev.changelake.compact.delta;
