/** Says which change events a task holds, in which order and at which log positions. */
package dev.changelake.produce.feed;
