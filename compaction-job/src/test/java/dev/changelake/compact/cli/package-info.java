/** Tests of the command line, without Spark. */
package dev.changelake.compact.cli;
