/** The documented day on one machine, from the mock platform to the warehouse. */
package dev.changelake.compact.demo;
