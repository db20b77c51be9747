/** The categories of failure that every command shares, and the exception that carries them. */
package dev.changelake.error;
