/** What people see while something runs, and how rows look on a screen. */
package dev.changelake.compact.console;
