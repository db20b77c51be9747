/** The change log's columns and places in the lake: names and schemas, each said once. */
package dev.changelake.compact.changelog;
