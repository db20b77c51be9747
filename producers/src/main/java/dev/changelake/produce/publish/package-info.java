/** Writes events to their topics and returns when the brokers have acknowledged each of them. */
package dev.changelake.produce.publish;
