/** The demo, run as a newcomer runs it. */
package dev.changelake.compact.demo;
