/** Tests of what is computed at land. */
package dev.changelake.compact.enrich;
