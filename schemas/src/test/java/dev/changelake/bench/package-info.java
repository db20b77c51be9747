/** Benchmarks: reports and no tests. */
package dev.changelake.bench;
