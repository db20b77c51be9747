/** Tests of the lake's columns and types. */
package dev.changelake.compact.changelog;
