/** How command lines tell failures: briefly, with the exit code of the category. */
package dev.changelake.commandline;
