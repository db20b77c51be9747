/**
 * Starts, stops and describes the local stack: real services in a process and folder of its own.
 */
package dev.changelake.local;
