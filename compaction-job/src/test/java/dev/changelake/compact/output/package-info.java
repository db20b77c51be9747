/** Tests of folders of plain files. */
package dev.changelake.compact.output;
