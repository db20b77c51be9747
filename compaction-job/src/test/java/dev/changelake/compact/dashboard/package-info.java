/** Tests of the dashboards. */
package dev.changelake.compact.dashboard;
