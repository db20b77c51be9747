/** Dashboards: one self-contained page a batch, drawn from its reports and its manifest. */
package dev.changelake.compact.dashboard;
