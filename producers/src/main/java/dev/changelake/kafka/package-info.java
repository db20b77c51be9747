/** How producers reach Kafka: clients whose retries lose nothing, topics that are ready. */
package dev.changelake.kafka;
