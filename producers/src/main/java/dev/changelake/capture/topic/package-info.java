/** What capturing has left in Kafka: the rows that topics hold, and how far it has come. */
package dev.changelake.capture.topic;
