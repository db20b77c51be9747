/** Loads published files into a warehouse, each batch once. */
package dev.changelake.compact.load;
