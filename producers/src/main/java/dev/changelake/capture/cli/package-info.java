/** The command line of capturing, its progress and its result's text. */
package dev.changelake.capture.cli;
