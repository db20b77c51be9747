/** Invents random but repeatable histories of the platform and sends them as a connector would. */
package dev.changelake.oracle.history;
