/**
 * What the benchmarks need beside the product: events to compact, and the plain way to compare
 * with.
 */
package dev.changelake.compact.bench;
