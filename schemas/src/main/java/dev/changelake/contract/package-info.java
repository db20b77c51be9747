/** What a table is: its topic, key, columns and feeds, read from one JSON file a table. */
package dev.changelake.contract;
