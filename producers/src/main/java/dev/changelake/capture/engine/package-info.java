/** Debezium's engine: its settings, and the publishing of what it reads. */
package dev.changelake.capture.engine;
