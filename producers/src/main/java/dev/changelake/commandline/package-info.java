/** What the command lines of producers share: options, and the telling of failures. */
package dev.changelake.commandline;
