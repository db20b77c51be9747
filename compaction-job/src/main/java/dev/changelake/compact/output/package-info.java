/** Folders of plain files, complete when their {@code _SUCCESS} says so. */
package dev.changelake.compact.output;
