/** Tests of what a run tells. */
package dev.changelake.compact.result;
