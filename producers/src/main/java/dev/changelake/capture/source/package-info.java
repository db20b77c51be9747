/** What is captured, and the database that it is captured from. */
package dev.changelake.capture.source;
