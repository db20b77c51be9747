/** Runs Kafka's own console tools against the cluster of Changelake's configuration. */
package dev.changelake.local.kafka;
