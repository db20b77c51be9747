/** Debezium's change events in JSON: written by producers, read record by record at land. */
package dev.changelake.envelope;
