/** Tests of what the warehouse is told. */
package dev.changelake.compact.load;
