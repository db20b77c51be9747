/**
 * Delta tables as this lake uses them: created with retention, written once a plan, read by
 * version.
 */
package dev.changelake.compact.delta;
