/** Writes changes as transactions of the platform's own database, whose log is captured. */
package dev.changelake.produce.database;
