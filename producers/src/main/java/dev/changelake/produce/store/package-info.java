/** Puts files into the lake's bucket and remembers there with what the platform started. */
package dev.changelake.produce.store;
