/** The real local stack and Spark for the integration tests. */
package dev.changelake.compact.stack;
