/** The command line's entry; everything else lies in the packages below. */
package dev.changelake.produce;
