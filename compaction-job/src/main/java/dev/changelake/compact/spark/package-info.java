/** Makes the one Spark session of a command from the configuration. */
package dev.changelake.compact.spark;
