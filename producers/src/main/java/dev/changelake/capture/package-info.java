/** The command that publishes a PostgreSQL database's own change log. */
package dev.changelake.capture;
