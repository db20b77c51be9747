/** Tests of capturing a real PostgreSQL. */
package dev.changelake.compact.capture;
