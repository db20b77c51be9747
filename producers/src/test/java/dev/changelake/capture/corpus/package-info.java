/** Records the corpus: what a real PostgreSQL and the real Debezium send, in each of the modes. */
package dev.changelake.capture.corpus;
